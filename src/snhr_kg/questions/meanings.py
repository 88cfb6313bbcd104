"""What topics, parameters and columns mean, in words: for pages, answers and the OpenAPI document."""

from __future__ import annotations

from typing import Final

TOPICS: Final[dict[str, tuple[str, str]]] = {
    "people": ("Killed, tortured, detained, besieged, displaced", "القتل والتعذيب والاحتجاز والحصار والتشريد"),
    "attacks": ("Attacks and weapons", "الهجمات والأسلحة"),
    "parties": ("Parties and places", "الأطراف والأماكن"),
    "narrative": ("Chronology, law, what goes on, recommendations", "التسلسل الزمني والقانون والتوصيات"),
    "trust": ("Sums, bounds, contradictions, what follows", "المجاميع والحدود والتناقضات والاستنتاجات"),
    "text": ("In the report's text", "في نص التقرير"),
}
"""Topics of questions in the order of the page, with their names in English and Arabic."""

PARAMETERS: Final[dict[str, tuple[str, str]]] = {
    "addressee": ("To whom the recommendation is made.", "الجهة الموجهة إليها التوصية."),
    "basis": ("Whether SNHR documents or estimates it.", "هل الرقم موثّق أم مقدّر."),
    "derived_from": ("A figure that the computed one comes from.", "رقم استُنتج منه الرقم المحسوب."),
    "event_kind": ("The kind of event.", "نوع الحدث."),
    "figure": ("A figure.", "رقم من أرقام التقرير."),
    "indicator": ("What is counted.", "ما الذي يُعدّ."),
    "instrument_kind": ("The kind of legal instrument.", "نوع الصك القانوني."),
    "kind": ("The kind of row.", "نوع السطر."),
    "language": ("The language of labels.", "لغة التسميات."),
    "magnitude": ("The word that gives the order of magnitude.", "الكلمة الدالة على الرتبة العددية."),
    "number_kind": ("The kind of number.", "نوع العدد."),
    "other_party": ("The party that the relation leads to.", "الطرف الآخر في العلاقة."),
    "party": ("The party.", "الطرف."),
    "period": ("The period.", "الفترة."),
    "perpetrator": ("Who is held responsible.", "الجهة المحمّلة المسؤولية."),
    "place": ("Where.", "المكان."),
    "place_role": ("Whether it happened there or people were displaced from there.", "دور المكان."),
    "qualifier": ("How exact the number is said to be.", "صيغة الدقة."),
    "report": ("The report.", "التقرير."),
    "section": ("The section of the report that states it.", "القسم الذي يذكره."),
    "status": ("Whether it goes on, according to the report.", "هل هو مستمر بحسب التقرير."),
    "text_part": ("The part of the text: title, heading, body, caption …", "جزء النص."),
    "unit": ("The unit.", "الوحدة."),
    "verdict": ("The answer of the check.", "نتيجة التحقق."),
    "victim_group": ("Who suffered.", "فئة الضحايا."),
    "violation_type": ("The violation.", "نوع الانتهاك."),
    "weapon": ("By what means.", "السلاح أو الوسيلة."),
}
"""What each parameter narrows, in English and Arabic."""

INSIDE: Final = (
    "With true, the codes below the given ones count too: members of an alliance, places inside a place, narrower "
    "violations, parts of a group, subsections.",
    "عند true تُحتسب الرموز الواقعة تحت الرموز المعطاة أيضاً.",
)

COLUMNS: Final[dict[str, str]] = {
    "addresseeLabel": "To whom the recommendation is made",
    "arithmetic": "The arithmetic of the check",
    "attacks": "Number of attacks",
    "begin": "First day, month or year of the period",
    "carried": "The number as printed in the mention whose value the figure carries",
    "carriedQualifierLabel": "How exact the figure's own number is said to be",
    "children": "Children among them",
    "component": "Value of the component",
    "componentLabel": "What is inside the total",
    "date": "When, with the precision that the report gives",
    "denominator": "What the share is a share of",
    "denominatorValue": "Value of the denominator, where it is a figure",
    "end": "First day, month or year after the period",
    "endDate": "Until when",
    "figure": "IRI of the figure",
    "figures": "Number of figures",
    "formula": "How the figure was computed",
    "group": "The group of victims that this mention states",
    "groupLabel": "Who suffered",
    "indicatorLabel": "What is counted",
    "kind": "The kind of row",
    "kindLabel": "The kind",
    "label": "What it is",
    "lowerBound": "The least that value and qualifier allow",
    "mentions": "Number of mentions",
    "methodLabel": "The method of torture",
    "numbers": "How many there are",
    "openBeginLabel": "What the report says instead of a beginning",
    "openEndLabel": "What the report says instead of an end",
    "order": "Position in the report",
    "otherLabel": "The other party",
    "part": "Part of the text: title, heading, body, caption",
    "partOf": "The total that contains the figure: never add a figure to its own total",
    "partOfValue": "Value of the total that contains the figure",
    "partyLabel": "The party",
    "percent": "Share of both together in percent, computed from the printed counts",
    "periodLabel": "The period",
    "periods": "Number of periods that it begins or ends",
    "perpetratorLabel": "Who is held responsible",
    "perpetrators": "Who is said to use it",
    "placeLabel": "Where",
    "presumes": "What the computation presumes",
    "printed": "The number as printed",
    "qualifierLabel": "How exact the number is said to be",
    "relationLabel": "How the two are related",
    "residual": "What is left between the total and the sum",
    "roleLabel": "Whether it happened there or people were displaced from there",
    "row": "Part, computed rest or total",
    "ruleLabel": "The rule that computed it",
    "sectionLabel": "The section of the report",
    "sectionNumber": "Number of the report's section",
    "start": "Position of the first character in the text (code points from 0)",
    "statusLabel": "Whether it goes on, according to the report",
    "sum": "The sum of the printed parts",
    "total": "Value of the total",
    "totalLabel": "The total",
    "unitLabel": "The unit",
    "upperBound": "The most that value and qualifier allow; absent where nothing bounds it",
    "value": "The value",
    "verdictLabel": "The answer of the check",
    "violationLabel": "The violation",
    "women": "Women among them",
    "words": "The words of the text that state it",
}
"""What each column of the questions holds; `COLUMNS_OF` where a question means another thing by the name."""

COLUMNS_OF: Final[dict[tuple[str, str], str]] = {
    ("figures-with-their-place-in-the-text", "end"): "Position after the last character (code points from 0)",
    ("cluster-attacks-of-the-alliance-once", "figures"): "Number of figures added up",
    ("chemical-attacks-between-resolutions", "kind"): "Whether the report prints the number or it is computed",
}


def column(question: str, name: str) -> str:
    """What the column of that question holds."""
    return COLUMNS_OF.get((question, name)) or COLUMNS[name]
