"""A text of another language on which somebody's safety hangs changes only with the name of who had it read."""

from datetime import date
from pathlib import Path

import pytest

from bot.authoring.reviews import future_faults, signed_faults
from bot.authoring.safety_lines import safety_faults
from bot.dialogue.lines import load_lines
from handoff.data_files import DataFaults
from tests.authoring.copies import Edit, a_copy, faults_in

FILE = "bot/dialogue/languages.yml"
READ = "have it read by a person who speaks the language"
SIGNED = "owner: support-lead, on: 2026-11-30"
LOST = "lost the word on which its meaning hangs"
TURNED = [
    Edit(FILE, "no tome este medicamento ni cambie nada", "siga tomando este medicamento sin cambiar nada", LOST),
    Edit(FILE, "nehmen Sie dieses Medikament nicht ein und", "nehmen Sie das Medikament weiter wie gewohnt und", LOST),
    Edit(FILE, "ne prenez pas ce médicament", "continuez à prendre ce médicament", LOST),
    Edit(FILE, "请不要服用这种药", "请继续服用这种药", LOST),
    Edit(FILE, "'Oui, la clore'\n    close_no: 'Non, la", "'Non, la clore'\n    close_no: 'Oui, la", LOST),
    Edit(FILE, "danger_yes: Sí, ahora mismo", "danger_yes: Sí, ya pasó", READ),
    Edit(FILE, "danger_no: 'No'", "danger_no: 'No, todavía no'", READ),
    Edit(FILE, "close_yes: 'Oui, la clore'", "close_yes: 'Oui, la garder'", READ),
    Edit(FILE, "he cerrado su solicitud #{{ number }}.", "su solicitud #{{ number }} sigue abierta.", READ),
    Edit(FILE, "Bitte warten Sie nicht auf die Antwort", "Bitte warten Sie auf die Antwort", READ),
    Edit(FILE, "n'ouvrez pas, ne copiez pas".replace("'", "''"), "ouvrez et copiez", READ),
    Edit(FILE, "сразу звоните 911", "напишите нам", READ),
]


@pytest.mark.parametrize("edit", TURNED, ids=lambda edit: edit.new[:24])
def test_a_text_that_says_the_opposite_is_refused(edit: Edit, tmp_path: Path) -> None:
    places = a_copy(tmp_path, edit)
    assert any(edit.told in fault.message for fault in safety_faults(places))


KINDER, SPEAKER = "Sí, en este momento", SIGNED
THANKS, NEWS = "Merci beaucoup de votre réponse.", "Hay una respuesta de nuestro equipo:"
ROWS = (
    f'{{language: es, line: danger_yes, text: "{KINDER}", {SPEAKER}}}',
    f'{{language: fr, line: vote, text: "{THANKS}", {SPEAKER}}}',
    f'{{language: es, line: answered, text: "{NEWS}", {SPEAKER}}}',
)
HONEST = [
    Edit(FILE, "danger_yes: Sí, ahora mismo", f"danger_yes: {KINDER}", ""),
    Edit(FILE, "looked_at: []", f"looked_at: [{', '.join(ROWS)}]", ""),
    Edit(FILE, "Merci de votre réponse.", THANKS, ""),
    Edit(FILE, "answered: 'Tiene una respuesta de nuestro equipo:'", f"answered: '{NEWS}'", ""),
]
UNREAD_BY_ANYBODY = [
    Edit(FILE, "vote: Merci de votre réponse.", "vote: Merci. Votre médecin le lira.", READ),
    Edit(FILE, "card_here: 'La respuesta llega aquí.'", "card_here: 'La respuesta llega por SMS.'", READ),
    Edit(FILE, "hello: Guten Tag.", "hello: Guten Tag, Ihr Arzt schreibt Ihnen.", READ),
]


@pytest.mark.parametrize("edit", UNREAD_BY_ANYBODY, ids=lambda edit: edit.new[:24])
def test_no_text_of_another_language_changes_without_a_reader(edit: Edit, tmp_path: Path) -> None:
    places = a_copy(tmp_path, edit)
    assert any(edit.told in fault.message for fault in safety_faults(places))


def test_what_a_speaker_read_passes(tmp_path: Path) -> None:
    places = a_copy(tmp_path, *HONEST)
    assert faults_in(places) == []
    assert future_faults(places, date(2026, 11, 30)) == []


def test_an_entry_of_a_line_that_stands_nowhere_is_refused(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    row = f"looked_at: [{{language: es, line: danger_yes, text: Ya, {SPEAKER}}}]"
    Edit(FILE, "looked_at: []", row, "").made(tmp_path)
    assert any("stands in no line" in fault.message for fault in safety_faults(places))


def test_an_entry_says_who_had_it_read(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    row = "looked_at: [{language: es, line: danger_no, text: 'No', on: 2026-11-30}]"
    Edit(FILE, "looked_at: []", row, "").made(tmp_path)
    with pytest.raises(DataFaults, match="owner"):
        load_lines(places.lines)


TURNS = "turns what this line says"
SIGNED_ALL_THE_SAME = [
    ("fr", "no_phone", "Si vous ne pouvez pas appeler, restez ici et attendez.", LOST),
    ("it", "no_phone", "Se non può chiamare, aspetti qui la nostra risposta.", LOST),
    ("es", "safety_check_again", "¿Hay alguien en peligro? Espere una hora, y si no mejora llame al **911**.", TURNS),
    ("de", "safety_check_again", "Ist jemand in Gefahr? Warten Sie etwas, dann rufen Sie **911** an.", TURNS),
    ("zh", "safety_check_again", "有人处于危险之中吗？请先等一个小时，再拨打 **911**。", TURNS),
    ("de", "wrong_medicine", "Nehmen Sie dieses Medikament weiter, auch wenn es nicht ein bekanntes ist.", LOST),
    ("pl", "emergency_told", "Proszę czekać na odpowiedź, potem zadzwonić pod **911**.", LOST),
    ("es", "robot", "Soy una persona de nuestro equipo y no un asistente automático.", LOST),
    ("fr", "robot", "Je suis Anna, infirmière chez SmartMed.", LOST),
    ("es", "card_critical", "**Prioridad:** Baja. No es urgente y se atiende después de las demás.", TURNS),
    ("vi", "card_high", "**Mức ưu tiên:** Thấp. Việc này không gấp.", TURNS),
    ("zh", "added", "谢谢，我已删除您的请求 #{{ number }}。", LOST),
    ("pt", "close_no", "Não, pode fechar", LOST),
    ("de", "close_yes", "Ja, offen lassen", LOST),
]


@pytest.mark.parametrize(("language", "line", "text", "told"), SIGNED_ALL_THE_SAME)
def test_whoever_signed_it_a_line_keeps_the_word_on_which_its_meaning_hangs(
    language: str, line: str, text: str, told: str, tmp_path: Path
) -> None:
    places = a_copy(tmp_path)
    was = load_lines(places.lines).languages[language][line]
    path = tmp_path / FILE
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    begins = next(n for n, row in enumerate(rows) if row == f"  {language}:\n")
    at = next(n for n in range(begins, len(rows)) if rows[n].startswith(f"    {line}:"))
    assert "|" not in rows[at].partition(":")[2][:3]
    assert was
    rows[at] = f"    {line}: '{text}'\n"
    path.write_text("".join(rows), encoding="utf-8")
    row = f"looked_at: [{{language: {language}, line: {line}, text: '{text}', {SIGNED}}}]"
    Edit(FILE, "looked_at: []", row, "").made(tmp_path)
    assert any(told in fault.message and fault.line >= begins for fault in safety_faults(places))


def test_only_a_contact_of_the_guide_can_say_that_it_was_read(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    row = "looked_at: [{language: es, line: danger_no, text: 'No', owner: my-cousin, on: 2026-11-30}]"
    Edit(FILE, "looked_at: []", row, "").made(tmp_path)
    assert any("`my-cousin` is no contact" in fault.message for fault in signed_faults(places))


def test_nobodys_look_lifts_the_word_on_which_the_meaning_hangs(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    TURNED[5].made(tmp_path)
    Edit(FILE, "danger_yes: Sí, ya pasó", "danger_yes: No", "").made(tmp_path)
    row = f"looked_at: [{{language: es, line: danger_yes, text: 'No', {SPEAKER}}}]"
    Edit(FILE, "looked_at: []", row, "").made(tmp_path)
    assert any(LOST in fault.message for fault in safety_faults(places))
