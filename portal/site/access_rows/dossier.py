"""Rows of 一件書類 and 黒塗り: the officers of the file's office, and the auditors of its authority."""

from ..access import Row
from .common import own, post

HERE = frozenset({"office_here"})
READ = HERE | {"prefecture_auditor"}
AUDITOR = frozenset({"prefecture_auditor"})
DOSSIERS: tuple[Row, ...] = (
    own("grants:dossier_list", "一件書類", "dossier case", READ),
    own("grants:dossier_file", "一件書類のPDF", "dossier", READ),
    post("grants:redaction_new", "黒塗りの写しを始める", "dossier", HERE, refused=AUDITOR),
    own("grants:redaction_detail", "黒塗りの写し", "redaction", READ),
    own("grants:redaction_page", "黒塗りの写しのページ", "redaction page", READ),
    own("grants:redaction_file", "黒塗りの写しのPDF", "made redaction", READ),
    post("grants:redaction_act", "黒塗りの印を付ける", "redaction act", HERE, refused=AUDITOR),
    post("grants:redaction_mark_remove", "黒塗りの印を消す", "redaction mark", HERE, refused=AUDITOR),
)
