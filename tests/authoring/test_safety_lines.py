"""A text of another language on which somebody's safety hangs changes only with the name of who had it read."""

from datetime import date
from pathlib import Path

import pytest

from bot.authoring.reviews import future_faults, signed_faults
from bot.authoring.safety_lines import safety_faults
from bot.dialogue.lines import load_lines
from handoff.data_files import DataFaults
from tests.authoring.copies import Edit, a_copy, faults_in

ES, DE, FR, RU, ZH = (f"bot/languages/{code}.yml" for code in ("es", "de", "fr", "ru", "zh"))
READ = "have it read by a person who speaks the language"
SIGNED = "owner: support-lead, on: 2026-11-30"
LOST = "lost the word on which its meaning hangs"
TURNED = [
    Edit(ES, "no tome este medicamento ni cambie nada", "siga tomando este medicamento sin cambiar nada", LOST),
    Edit(DE, "nehmen Sie dieses Medikament nicht ein und", "nehmen Sie das Medikament weiter wie gewohnt und", LOST),
    Edit(FR, "ne prenez pas ce médicament", "continuez à prendre ce médicament", LOST),
    Edit(ZH, "请不要服用这种药", "请继续服用这种药", LOST),
    Edit(FR, "'Oui, la clore'\n  close_no: 'Non, la", "'Non, la clore'\n  close_no: 'Oui, la", LOST),
    Edit(ES, "danger_yes: Sí, ahora mismo", "danger_yes: Sí, ya pasó", READ),
    Edit(ES, "danger_no: 'No'", "danger_no: 'No, todavía no'", READ),
    Edit(FR, "close_yes: 'Oui, la clore'", "close_yes: 'Oui, la garder'", READ),
    Edit(ES, "he cerrado su solicitud #{{ number }}.", "su solicitud #{{ number }} sigue abierta.", READ),
    Edit(DE, "Bitte warten Sie nicht auf die Antwort", "Bitte warten Sie auf die Antwort", READ),
    Edit(FR, "n'ouvrez pas, ne copiez pas".replace("'", "''"), "ouvrez et copiez", READ),
    Edit(RU, "сразу звоните 911", "напишите нам", READ),
]


@pytest.mark.parametrize("edit", TURNED, ids=lambda edit: edit.new[:24])
def test_a_text_that_says_the_opposite_is_refused(edit: Edit, tmp_path: Path) -> None:
    places = a_copy(tmp_path, edit)
    assert any(edit.told in fault.message for fault in safety_faults(places))


KINDER, SPEAKER = "Sí, en este momento", SIGNED
THANKS, NEWS = "Merci beaucoup de votre réponse.", "Hay una respuesta de nuestro equipo:"
ROWS = f'{{line: danger_yes, text: "{KINDER}", {SPEAKER}}}, {{line: answered, text: "{NEWS}", {SPEAKER}}}'
HONEST = [
    Edit(ES, "danger_yes: Sí, ahora mismo", f"danger_yes: {KINDER}", ""),
    Edit(ES, "looked_at: []", f"looked_at: [{ROWS}]", ""),
    Edit(FR, "looked_at: []", f'looked_at: [{{line: vote, text: "{THANKS}", {SPEAKER}}}]', ""),
    Edit(FR, "Merci de votre réponse.", THANKS, ""),
    Edit(ES, "answered: 'Tiene una respuesta de nuestro equipo:'", f"answered: '{NEWS}'", ""),
]
UNREAD_BY_ANYBODY = [
    Edit(FR, "vote: Merci de votre réponse.", "vote: Merci. Votre médecin le lira.", READ),
    Edit(ES, "card_here: 'La respuesta llega aquí.'", "card_here: 'La respuesta llega por SMS.'", READ),
    Edit(DE, "hello: Guten Tag.", "hello: Guten Tag, Ihr Arzt schreibt Ihnen.", READ),
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
    row = f"looked_at: [{{line: danger_yes, text: Ya, {SPEAKER}}}]"
    Edit(ES, "looked_at: []", row, "").made(tmp_path)
    assert any("stands in no line" in fault.message for fault in safety_faults(places))


def test_an_entry_says_who_had_it_read(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    row = "looked_at: [{line: danger_no, text: 'No', on: 2026-11-30}]"
    Edit(ES, "looked_at: []", row, "").made(tmp_path)
    with pytest.raises(DataFaults, match="owner"):
        load_lines(places.lines, places.languages)


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
    file = f"bot/languages/{language}.yml"
    path = tmp_path / file
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(n for n, row in enumerate(rows) if row.startswith(f"  {line}:"))
    assert "|" not in rows[at].partition(":")[2][:3]
    rows[at] = f"  {line}: '{text}'\n"
    path.write_text("".join(rows), encoding="utf-8")
    row = f"looked_at: [{{line: {line}, text: '{text}', {SIGNED}}}]"
    Edit(file, "looked_at: []", row, "").made(tmp_path)
    assert any(
        told in fault.message and file.endswith(fault.file) and fault.line == at + 1 for fault in safety_faults(places)
    )


def test_only_a_contact_of_the_guide_can_say_that_it_was_read(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    row = "looked_at: [{line: danger_no, text: 'No', owner: my-cousin, on: 2026-11-30}]"
    Edit(ES, "looked_at: []", row, "").made(tmp_path)
    assert any("`my-cousin` is no contact" in fault.message for fault in signed_faults(places))


def test_nobodys_look_lifts_the_word_on_which_the_meaning_hangs(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    TURNED[5].made(tmp_path)
    Edit(ES, "danger_yes: Sí, ya pasó", "danger_yes: No", "").made(tmp_path)
    row = f"looked_at: [{{line: danger_yes, text: 'No', {SPEAKER}}}]"
    Edit(ES, "looked_at: []", row, "").made(tmp_path)
    assert any(LOST in fault.message for fault in safety_faults(places))


def test_what_is_said_where_letters_cannot_be_read_is_held_too_whenever_it_is_said(tmp_path: Path) -> None:
    edit = Edit(RU, "Его прочитает человек из нашей команды.", "Его прочитает ваш врач.", READ)
    assert any(edit.told in fault.message for fault in safety_faults(a_copy(tmp_path, edit)))


def test_a_text_in_which_people_are_answered_is_not_taken_away(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    (places.languages / "ko.yml").unlink()
    path = places.languages / "es.yml"
    said, shown = (path.read_text(encoding="utf-8").index(f"\n{part}:") for part in ("said", "shown"))
    path.write_text(path.read_text(encoding="utf-8")[:said] + path.read_text(encoding="utf-8")[shown:], "utf-8")

    told = [str(fault) for fault in safety_faults(places)]

    assert any("bot/languages/ko.yml" in one and "put its file back" in one for one in told)
    assert any("bot/languages/es.yml" in one and "emergency: this text is missing" in one for one in told)


def test_a_language_that_was_not_there_is_read_as_a_whole(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    path = places.languages / "gl.yml"
    path.write_text((places.languages / "pt.yml").read_text(encoding="utf-8"), encoding="utf-8")
    unread = [fault for fault in safety_faults(places) if fault.file.endswith("gl.yml")]
    assert ["have all of them read by a person who speaks the language" in fault.message for fault in unread] == [True]

    row = unread[0].message.partition("in this file: ")[2].replace("owner, on", SIGNED)
    Edit("bot/languages/gl.yml", "looked_at: []", f"looked_at: [{row}]", "").made(tmp_path)
    assert list(safety_faults(places)) == []

    Edit("bot/languages/gl.yml", "danger_yes: ", "danger_yes: Ai, ", "").made(tmp_path)
    assert [fault.file.endswith("gl.yml") for fault in safety_faults(places)] == [True, True]
