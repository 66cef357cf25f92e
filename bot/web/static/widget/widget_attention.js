// What calls back somebody who looks elsewhere: how many messages wait, before the page's title, and a short sound where the page allows it.

const PITCH = 660;
const LOUDNESS = 0.08;
const SECONDS = 0.18;

export class Attention {
  #count = 0;
  #mark = "";
  #sound = null;

  /** So many messages wait; `loud` when the page allows a sound for one more. */
  tell(count, loud) {
    if (loud && count > this.#count) this.#ring();
    this.#count = count;
    this.#marked(count ? `(${count}) ` : "");
  }

  /** Whatever title the page gives itself, the mark stands before it once. */
  #marked(mark) {
    const own = document.title.startsWith(this.#mark) ? document.title.slice(this.#mark.length) : document.title;
    this.#mark = mark;
    if (document.title !== mark + own) document.title = mark + own;
  }

  #ring() {
    this.#sound ??= new AudioContext();
    const now = this.#sound.currentTime;
    const tone = new OscillatorNode(this.#sound, { frequency: PITCH });
    const fading = new GainNode(this.#sound, { gain: LOUDNESS });
    fading.gain.setTargetAtTime(0, now, SECONDS / 3);
    tone.connect(fading).connect(this.#sound.destination);
    tone.start(now);
    tone.stop(now + SECONDS);
    this.#sound.resume().catch(() => {}); // a browser that was never pressed on stays silent
  }
}
