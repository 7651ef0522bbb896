"""The names that the Python interface had until 2.x: each works for one more release.

One table leads from every old verb of a project to the part and verb that does it now, with the
parameters in their old order.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qualcode.project.part import Part
    from qualcode.project.project import Project

VERBS = """
import_transcripts transcripts.read_files paths *roles @who
add_transcript transcripts.add read *confirmed @who
collect_transcripts transcripts.collect
transcript transcripts.get name
set_roles transcripts.set_roles transcript roles @who
confirmed_speakers transcripts.with_confirmed_roles
segment transcripts.segment @who
collect_segments transcripts.collect_segments kind transcript
transcripts transcripts.table
turns transcripts.turn_table
segments transcripts.segment_table kind
import_guide transcripts.read_guide path @who
collect_guides transcripts.collect_guides
check_guides transcripts.check_guides
import_cases cases.read path @who
set_cases cases.replace cases @who
collect_cases cases.collect
cases cases.table
cases_in_print cases.collect_for_print
respondents cases.respondents
codebook codebook.get version
codebook_versions codebook.versions
import_codebook codebook.read path @who
export_codebook codebook.write path version
start_codebook codebook.create name codes @who
add_code codebook.add code @who
edit_code codebook.edit path @who **fields
rename_code codebook.rename path name @who
move_code codebook.move path parent @who
place_code codebook.move path parent before @who
merge_codes codebook.merge path into @who
split_code codebook.split path names @who
retire_code codebook.retire path @who
restore_code codebook.restore path @who
codebook_diff codebook.compare old new
code codings.add transcript span code @coder *memo *round
code_from_table codings.read_table path *coder *round *partial @who
withdraw codings.withdraw ids @who
recode codings.recode ids code @who
collect_codings codings.collect *transcript *coder *round *code
layer codings.collect_layer name
code_counts codings.count
codings codings.table layer
full_ids codings.find_ids beginnings
memos codings.collect_memos kind target
add_memo codings.add_memo kind target text @author
apply_edits codings.apply_edits client edits @coder *round
arrived codings.latest_edits clients
coders rounds.coders
add_coder rounds.add_coder name @who
new_round rounds.create name @who **
add_round rounds.put round_ @who
rounds rounds.collect
round rounds.get name
hand_in rounds.hand_in name coder @who
reopen_round rounds.reopen name coder reason @who
progress rounds.progress name
hidden_rounds rounds.collect_hiding
refuse_while_blind rounds.refuse_comparison coders transcripts
interval_advice rounds.expected_intervals most
agreement agreement.compare coders *unit *level *transcripts *round
agreement_by agreement.compare_groups attribute coders *unit *level *transcripts *round
team_agreement agreement.compare coders *unit *level *transcripts *round
self_agreement agreement.compare_with_self coder rounds *unit *level *transcripts
agreement_study agreement.report coders *unit *level *transcripts *round *by *tell
team_study agreement.report coders *unit *level *transcripts *round
disagreements agreement.collect_disagreements coders round
units_behind agreement.collect_units report code *unit *theme *round
draw_agreement agreement.draw report *figure *language
plot_agreement agreement.plot report path *figure *language
write_agreement agreement.write report path *language
open_disagreements adjudication.open_disagreements coders round
decisions adjudication.collect_decisions
read_decisions adjudication.read_decisions path @by coders
locate adjudication.locate disagreement words
decide adjudication.decide about take @by reason
decide_all adjudication.decide_all coders take @by reason
adjudicate adjudication.settle coders decisions @who
settling adjudication.summarize coders
write_disagreements adjudication.write_queue found>disagreements path
themes themes.report layer *quotes_per_code *attribution *language
themes_for_print themes.for_print report
table_by themes.count_by attribute layer
matrix themes.matrix rows columns layer
write_themes themes.write report path *language *names
plot_themes themes.plot report folder *kind *language
provenance themes.provenance layer coded
draw_reach themes.draw_reach table *language
draw_saturation themes.draw_saturation saturations *language
draw_levels themes.draw_levels report attribute *language
draw_coverage themes.draw_coverage coverage *language
draw_types themes.draw_types typology *language
quotes quotes.collect where *context *attribution *language
choose quotes.choose codings *chosen @who
set_excerpt quotes.set_excerpt coding excerpt @who
write_quotes quotes.write sections>report path *language *names
measures disclosure.measures
set_threshold disclosure.set_threshold threshold @who
leave_out disclosure.leave_out codings @who
suppress disclosure.suppress case attribute @who
widen disclosure.widen attribute values wider @who
hide_counts disclosure.hide_counts @who
confirm_risk disclosure.accept_risk risk reason @who
take_back disclosure.take_back measure @who
for_others disclosure.hide_names value names language
disclosure disclosure.check_quotes sections attribution
themes_disclosure disclosure.check_themes report attribution *cases
table_disclosure disclosure.check_table what layer
check_disclosure disclosure.check where *attribution *tables *key
suggest suggestions.offer transcript @coder *unit *limit *floor
suggestions_allowed suggestions.allowed transcript @coder
accept suggestions.accept suggestion transcript @coder
reject suggestions.reject suggestion segment @coder *again
exposures suggestions.collect_exposures
rejections suggestions.collect_rejections
evaluate_suggestions suggestions.evaluate layer tell
find suggestions.find *lemma *pattern *code *where *everyone
code_hits suggestions.code_hits hits code @coder
propose_codes suggestions.propose_codes layer
draw_calibration suggestions.draw_calibration report *language
scan_names pseudonyms.scan transcripts *key *names *tell
read_known_names pseudonyms.read_names path
write_proposals pseudonyms.write_proposals proposals path
read_reviewed pseudonyms.read_proposals path
open_key pseudonyms.open_key path passphrase
keep_key pseudonyms.save_key key path passphrase
preview_names pseudonyms.preview key
apply_names pseudonyms.replace key *keep_originals *partial @who
exchange exchange.collect
export_project exchange.write path options
import_refi exchange.read path @who
take_in exchange.add read @who
import_tool_table exchange.read_tool_table path tool *coder @who
export_tool_table exchange.write_tool_table path tool layer *real_names
import_commented exchange.read_commented path *coder @who
export_commented exchange.write_commented name path *layer *real_names
write_table exchange.write_table what path *layer *real_names
work_of exchange.collect_package coder
export_work exchange.write_package coder path
merge_work exchange.merge_package path @who
merge exchange.merge work file @who
step history.step @who
history history.events *who>coder *limit
undo history.undo @who
redo history.redo @who
undo_counts history.undo_counts @coder
revision history.revision
check history.check
backup history.back_up to
backup_encrypted history.back_up to passphrase
older_files history.find_copies
"""
"""Old verb, new verb, and the old parameters in their order.

``@who`` named the acting coder, ``*memo`` is by keyword only, ``old>new`` has a new name, and
``**`` takes any other keyword.
"""

PROPERTIES = {
    "name": "info.name",
    "language": "info.language",
    "key": "info.key",
    "as_coder": "info.coder",
}
"""Old attributes of a project."""

FUNCTIONS = {
    "attribute_name": "attribute_name",
    "attribute_value": "attribute_value",
    "picture": "chart_file",
}
"""Old verbs that are functions of ``qualcode.project`` now."""

IMPORTS = {"Merged": "PackageMerge"}
"""Old names in ``qualcode.project``."""


@dataclass(frozen=True, slots=True)
class OldVerb:
    """An old verb and what it is now.

    Attributes:
        name: Its old name.
        part: The part that has it now.
        verb: Its name there.
        positional: Its old parameters by position.
        renamed: New names of parameters by old ones.
        acting: The parameter that named the acting coder; ``""`` for none.
    """

    name: str
    part: str
    verb: str
    positional: tuple[str, ...]
    renamed: Mapping[str, str]
    acting: str


@cache
def old_verbs() -> Mapping[str, OldVerb]:
    """Return every old verb by its name."""
    verbs = {}
    for line in VERBS.strip().splitlines():
        name, new, *parameters = line.split()
        part, _, verb = new.partition(".")
        acting = next((p.removeprefix("@") for p in parameters if p.startswith("@")), "")
        plain = [p.removeprefix("@") for p in parameters if not p.startswith("*")]
        pairs = [p.lstrip("*@").partition(">") for p in parameters]
        renamed = {old: new for old, _, new in pairs if new}
        positional = tuple(p.partition(">")[0] for p in plain)
        verbs[name] = OldVerb(name, part, verb, positional, renamed, acting)
    return verbs


def find_old_name(project: Project, name: str) -> Any:
    """Return what an old attribute or verb of a project is now.

    Raises:
        AttributeError: there never was such a name.
    """
    if name in PROPERTIES:
        part, _, attribute = PROPERTIES[name].partition(".")
        _warn(f"project.{name}", f"project.{PROPERTIES[name]}")
        return getattr(getattr(project, part), attribute)
    if name in FUNCTIONS:
        import qualcode.project

        _warn(f"project.{name}()", f"qualcode.project.{FUNCTIONS[name]}()")
        return getattr(qualcode.project, FUNCTIONS[name])
    if name == "read_anew":
        _warn("project.read_anew()", "nothing: transcripts that changed are read again")
        return lambda: None
    if name in old_verbs():
        return partial(_call, project, old_verbs()[name])
    message = f"'{type(project).__name__}' object has no attribute '{name}'"
    raise AttributeError(message, name=name, obj=project)


def call_part(
    project: Project, part: Part, args: tuple[Any, ...], keywords: Mapping[str, Any]
) -> Any:
    """Do what the old verb did that had the name of a part: ``project.codings()``.

    Raises:
        TypeError: there never was a verb of this name.
    """
    name = next((name for name, value in vars(project).items() if value is part), "")
    if name not in old_verbs():
        message = f"'{type(part).__name__}' object is not callable"
        raise TypeError(message)
    # Here the call of the part is one frame more between the caller and the warning.
    return _call_verb(project, old_verbs()[name], args, keywords, callers=5)


def _call(project: Project, old: OldVerb, *args: Any, **keywords: Any) -> Any:
    return _call_verb(project, old, args, keywords, callers=4)


def _call_verb(
    project: Project,
    old: OldVerb,
    args: tuple[Any, ...],
    keywords: Mapping[str, Any],
    *,
    callers: int,
) -> Any:
    coder = f", and project.acting_as(coder) instead of '{old.acting}'" if old.acting else ""
    _warn(f"project.{old.name}()", f"project.{old.part}.{old.verb}(){coder}", callers=callers)
    values = {**dict(zip(old.positional, args, strict=False)), **keywords}
    if len(args) > len(old.positional):
        message = f"{old.name}() takes {len(old.positional)} arguments but {len(args)} were given"
        raise TypeError(message)
    coder = values.pop(old.acting, "") if old.acting else ""
    if coder:
        # To act for another coder of a blind round was refused, and stays so.
        project.rounds.refuse_acting_for(coder)
        project = project.acting_as(coder)
    verb: Callable[..., Any] = getattr(getattr(project, old.part), old.verb)
    return verb(**{old.renamed.get(name, name): value for name, value in values.items()})


def find_old_import(name: str) -> Any:
    """Return what an old name in ``qualcode.project`` is now.

    Raises:
        AttributeError: there never was such a name.
    """
    import qualcode.project

    if name not in IMPORTS:
        message = f"module 'qualcode.project' has no attribute '{name}'"
        raise AttributeError(message)
    _warn(f"qualcode.project.{name}", f"qualcode.project.{IMPORTS[name]}")
    return getattr(qualcode.project, IMPORTS[name])


def _warn(old: str, new: str, *, callers: int = 4) -> None:
    """Warn of an old name where it stands: so many calls up from here."""
    warnings.warn(
        f"{old} is deprecated: use {new}. The old name goes with the next release.",
        DeprecationWarning,
        stacklevel=callers,
    )
