"""What a model holds about people: declared beside the fields, read by exports, erasure and the 個人情報ファイル簿."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """`fields` are personal, `sensitive` are 要配慮個人情報 (個人情報保護法2条3項), `retention` is a RetentionClass code.

    `purpose` is shown to the person where the data is collected (同法62条).
    """

    fields: tuple[str, ...]
    retention: str
    purpose: str
    sensitive: tuple[str, ...] = ()
