// Follows the conversation while the user is at its end, and leaves them alone while they read further up.

const NEAR = 60;
const MARGIN = 10;

export class Follow {
  #box;
  #pill;
  #following = true;
  #put = 0;
  #putAtEnd = true;

  constructor(box, pill) {
    this.#box = box;
    this.#pill = pill;
    box.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    pill.addEventListener("click", () => this.toEnd());
  }

  /** The user comes to a conversation: `first` is where they go on reading, at the end when there is nothing new. */
  arrived(first) {
    this.#following = true;
    this.#to(first ? first.offsetTop - MARGIN : Infinity);
    this.#showPill(false);
  }

  /** New lines stand there. Their beginning stays in sight; `own`: the user wrote them, so go there from wherever they were. */
  added(first, own) {
    if (own) this.#following = true;
    if (this.#following) this.#to(first ? first.offsetTop - MARGIN : Infinity);
    this.#showPill(Boolean(first) && !this.#following);
  }

  /** The room for the lines has changed: the end that was in sight stays in sight. */
  settle() {
    if (this.#following && this.#putAtEnd) this.#to(Infinity);
  }

  toEnd() {
    this.#following = true;
    this.#to(Infinity);
    this.#showPill(false);
  }

  get #end() {
    return this.#box.scrollHeight - this.#box.clientHeight;
  }

  get #atEnd() {
    return this.#end - this.#box.scrollTop < NEAR;
  }

  #to(top) {
    this.#putAtEnd = top >= this.#end;
    this.#put = Math.max(0, Math.min(top, this.#end));
    this.#box.scrollTop = this.#put;
  }

  #scrolled() {
    if (this.#atEnd) this.#showPill(false);
    this.#following = this.#atEnd || Math.abs(this.#box.scrollTop - this.#put) < NEAR;
  }

  #showPill(shown) {
    this.#pill.hidden = !shown;
  }
}
