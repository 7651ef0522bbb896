"""Invented speech in four languages, and in some that the program does not know."""

from __future__ import annotations

SPOKEN = {
    "nl": """
I: Hoe ben je daar eigenlijk begonnen?
R: Nou, ik was negentien en mijn zus werkte er al. Ze zei dat ze nog iemand zochten, dus toen ben
ik gewoon een keer meegegaan. Het was hard werken, maar wel gezellig met zijn allen.
I: En wat vond je er het leukste aan?
R: De mensen, denk ik. Je kent elkaar na een tijdje zo goed dat je niets meer hoeft te zeggen. Als
er iemand ziek was, namen we het over. Dat zie je nu bijna nergens meer, vind ik.
""",
    "en": """
I: How did you get started there?
R: Well, I was nineteen and my sister already worked there. She said they needed somebody, so I
just went along with her one day. It was hard work, but we had a good time together.
I: And what did you like most about it?
R: The people, I think. After a while you know each other so well that you don't have to say
anything. If somebody was ill, we'd take over. You hardly see that anywhere now, I guess.
""",
    "de": """
I: Wie hast du dort eigentlich angefangen?
R: Also, ich war neunzehn und meine Schwester hat da schon gearbeitet. Sie hat gesagt, dass sie noch
jemanden suchen, und dann bin ich einfach mal mitgegangen. Es war harte Arbeit, aber es war auch
schön mit den Leuten.
I: Und was hat dir am besten gefallen?
R: Die Menschen, glaube ich. Nach einer Weile kennt man sich so gut, dass man nichts mehr sagen
muss. Wenn jemand krank war, haben wir das übernommen. Das sieht man heute kaum noch.
""",
    "fr": """
I: Comment est-ce que vous avez commencé là-bas ?
R: Alors, j'avais dix-neuf ans et ma sœur y travaillait déjà. Elle m'a dit qu'ils cherchaient
quelqu'un, donc je suis allée avec elle un jour. C'était dur, mais on s'amusait bien ensemble.
I: Et qu'est-ce qui vous a plu le plus ?
R: Les gens, je pense. Au bout d'un moment on se connaît tellement bien qu'on n'a plus besoin de
parler. Quand quelqu'un était malade, on le remplaçait. On ne voit plus ça maintenant.
""",
}
UNKNOWN = {
    "es": """
R: Pues yo tenía diecinueve años y mi hermana ya trabajaba allí. Me dijo que buscaban a alguien, y
un día me fui con ella. Era un trabajo duro, pero lo pasábamos bien todos juntos. La gente, creo. Al
cabo de un tiempo nos conocíamos tan bien que no hacía falta decir nada.
""",
    "it": """
R: Allora, avevo diciannove anni e mia sorella lavorava già lì. Mi ha detto che cercavano qualcuno,
e un giorno sono andata con lei. Era un lavoro duro, ma stavamo bene tutti insieme. La gente, credo.
Dopo un po' ci si conosce così bene che non serve più dire niente.
""",
    "da": """
R: Altså, jeg var nitten, og min søster arbejdede der allerede. Hun sagde, at de manglede en, og så
tog jeg bare med hende en dag. Det var hårdt arbejde, men vi havde det godt sammen. Det var folkene,
tror jeg. Efter et stykke tid kender man hinanden så godt, at man ikke behøver at sige noget.
""",
}
