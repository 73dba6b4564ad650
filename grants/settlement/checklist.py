"""What an inspection looks at where the menu's 要綱 names nothing else: the standard points, as data of the menu."""

STANDARD = (
    ("done", "事業が、交付決定の内容(承認された変更を含む)のとおりに行われている"),
    ("period", "事業が、交付決定の日から完了した日までの間に行われている"),
    ("evidence", "支出の証拠書類がそろい、決算書の金額と合っている"),
    ("eligible", "対象外の経費が、補助対象経費に入っていない"),
    ("shift", "経費の配分の変更が、承認の要らない範囲に収まっている"),
    ("income", "特定財源などの収入が、もれなく計上されている"),
    ("property", "取得した財産が台帳に載り、適切に保管されている"),
)


def result_checklist() -> list[dict[str, str]]:
    """The standard points as a menu stores them."""
    return [{"key": key, "text": text} for key, text in STANDARD]
