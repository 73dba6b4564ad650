"""Master data of the two governments the portal was made for. Facts with their sources; what none says stays blank.

Wards' addresses: interface.md. Routing of the regional offices: domain.md 3.5. Comma: all pages of Kagoshima
Prefecture use 「，」 (domain.md, rule 10). Sentences about wards rest on the communities the city lists (domain.md 1.1)
and on the city's own text on the programme (令和7年度).
"""

NIIGATA_CITY = "151009"
KAGOSHIMA = "460001"

WARD_SLUGS = {
    "151017": "kita",
    "151025": "higashi",
    "151033": "chuo",
    "151041": "konan",
    "151050": "akiha",
    "151068": "minami",
    "151076": "nishi",
    "151084": "nishikan",
}

WARD_LEADS = {
    "151017": "潟と海のまち。\n海辺の森や古くからの商店街で、手を動かす人たちがつながりはじめています。",
    "151025": "ものづくりのまち。\n工場の扉を開けて、働く人と暮らす人が出会いはじめています。",
    "151033": "川と海にはさまれた、みなとのまち。\n浜辺でやってみたいことを、声に出す人が集まっています。",
    "151041": "商いと農と福祉が、となりあうまち。\n分かれていた仕事どうしが、手を結びはじめています。",
    "151050": "里山と鉄道と花のまち。\n別々に動いていた人たちが、ひとつの部屋に集まりはじめています。",
    "151068": "味方と月潟、大河のほとりのまち。\n土地の暮らしを伝える人たちが、拠点をつくりはじめています。",
    "151076": "2040年の暮らしを、いまから話すまち。\n立場のちがう人たちが、顔を合わせはじめています。",
    "151084": "海と山と田園のまち。\n35歳以下の若い人たちが、テーマごとに話しあいを重ねています。",
}

OFFICES = {
    "鹿児島地域振興局": "鹿児島市 日置市 いちき串木野市 三島村 十島村",
    "南薩地域振興局": "枕崎市 指宿市 南さつま市 南九州市",
    "北薩地域振興局": "阿久根市 出水市 薩摩川内市 さつま町 長島町",
    "姶良・伊佐地域振興局": "霧島市 伊佐市 姶良市 湧水町",
    "大隅地域振興局": "鹿屋市 垂水市 曽於市 志布志市 大崎町 東串良町 錦江町 南大隅町 肝付町",
    "熊毛支庁": "西之表市 中種子町 南種子町 屋久島町",
    "大島支庁": "奄美市 大和村 宇検村 瀬戸内町 龍郷町 喜界町 徳之島町 天城町 伊仙町 和泊町 知名町 与論町",
}

# The section that runs the programme (domain.md 3.1); its 記号 is the prefecture's to enter.
KAGOSHIMA_SECTIONS = ("くらし共生協働課",)
