"""The shipped clauses of a memorandum of understanding, in the order in which they are read."""

from __future__ import annotations

from clusterwork.clusters.starter.clause import StarterClause

MEMORANDUM = (
    StarterClause(
        "purpose",
        "Who we are and why we work together",
        "Pwy ydym ni a pham rydym yn cydweithio",
        "We are the schools of this cluster: {cluster}. Our schools are: {schools}. We work "
        "together so that our pupils learn more, our staff learn from one another, and none of "
        "our schools stands alone with what it finds hard.",
        "Ni yw ysgolion y clwstwr hwn: {cluster}. Ein hysgolion yw: {schools}. Rydym yn "
        "cydweithio er mwyn i’n disgyblion ddysgu mwy, i’n staff ddysgu oddi wrth ei gilydd, ac "
        "fel na fydd yr un o’n hysgolion ar ei phen ei hun gyda’r hyn sy’n anodd iddi.",
        True,
    ),
    StarterClause(
        "purpose",
        "What this memorandum is",
        "Beth yw’r memorandwm hwn",
        "This memorandum says what each school can expect of the others. It is not a contract. "
        "Each school keeps its own governing body or trust, its own staff and its own budget, and "
        "answers for its own pupils.",
        "Mae’r memorandwm hwn yn dweud beth y gall pob ysgol ei ddisgwyl gan y lleill. Nid "
        "contract ydyw. Mae pob ysgol yn cadw ei chorff llywodraethu neu ei hymddiriedolaeth, ei "
        "staff a’i chyllideb ei hun, ac yn atebol am ei disgyblion ei hun.",
    ),
    StarterClause(
        "working",
        "How we work together",
        "Sut rydym yn cydweithio",
        "Our schools have equal standing, whatever their size. We are open with one another about "
        "what goes well and what does not, and we keep what we are told in confidence. We share "
        "the work of the cluster fairly and take turns at hosting.",
        "Mae ein hysgolion yn gydradd, beth bynnag eu maint. Rydym yn agored gyda’n gilydd am yr "
        "hyn sy’n mynd yn dda a’r hyn nad yw, ac rydym yn cadw’r hyn a ddywedir wrthym yn "
        "gyfrinachol. Rydym yn rhannu gwaith y clwstwr yn deg ac yn cymryd ein tro i groesawu "
        "cyfarfodydd.",
    ),
    StarterClause(
        "working",
        "When we meet",
        "Pryd rydym yn cyfarfod",
        "We meet as often as this: {meetings}. Every school sends its head or somebody who may "
        "decide for the head. Papers are sent out a week before. Who keeps our papers: {clerk}.",
        "Rydym yn cyfarfod mor aml â hyn: {meetings}. Mae pob ysgol yn anfon ei phennaeth neu "
        "rywun a gaiff benderfynu ar ran y pennaeth. Anfonir y papurau wythnos ymlaen llaw. Pwy "
        "sy’n cadw ein papurau: {clerk}.",
    ),
    StarterClause(
        "governance",
        "Who leads the cluster",
        "Pwy sy’n arwain y clwstwr",
        "The heads of our schools together lead the cluster. Our chair is: {chair}. Our "
        "coordinator is: {coordinator}. Governors of every school hear each term what the cluster "
        "has done and what it has cost.",
        "Penaethiaid ein hysgolion gyda’i gilydd sy’n arwain y clwstwr. Ein cadeirydd: {chair}. "
        "Ein cydlynydd: {coordinator}. Bob tymor mae llywodraethwyr pob ysgol yn clywed beth mae’r "
        "clwstwr wedi’i wneud a beth oedd y gost.",
    ),
    StarterClause(
        "decisions",
        "How we decide",
        "Sut rydym yn penderfynu",
        "We look for agreement first. Where we vote, this is our rule: {voting_rule} Schools that "
        "must take part for a decision to count: {quorum}. A school that objects may have its "
        "reasons written down.",
        "Rydym yn chwilio am gytundeb yn gyntaf. Pan fyddwn yn pleidleisio, dyma ein rheol: "
        "{voting_rule} Nifer yr ysgolion y mae’n rhaid iddynt gymryd rhan er mwyn i benderfyniad "
        "gyfrif: {quorum}. Caiff ysgol sy’n gwrthwynebu gofnodi ei rhesymau.",
        True,
    ),
    StarterClause(
        "decisions",
        "What no vote can decide",
        "Yr hyn na all pleidlais ei benderfynu",
        "No vote of the cluster binds a school to spend its own budget, to change its staffing or "
        "to do what its governing body or trust has not agreed.",
        "Nid yw unrhyw bleidlais gan y clwstwr yn rhwymo ysgol i wario ei chyllideb ei hun, i "
        "newid ei staffio nac i wneud yr hyn nad yw ei chorff llywodraethu neu ei hymddiriedolaeth "
        "wedi cytuno arno.",
    ),
    StarterClause(
        "money",
        "Who banks our money",
        "Pwy sy’n bancio ein harian",
        "The cluster’s money is held by: {banker}. It is kept apart from the banker’s own budget, "
        "under a cost centre of its own. Every school can see each term what came in, what was "
        "spent and what is left.",
        "Cedwir arian y clwstwr gan: {banker}. Fe’i cedwir ar wahân i gyllideb y banciwr ei hun, "
        "o dan ganolfan gost ar wahân. Gall pob ysgol weld bob tymor beth ddaeth i mewn, beth a "
        "wariwyd a beth sydd ar ôl.",
        True,
    ),
    StarterClause(
        "money",
        "Who may spend it",
        "Pwy gaiff ei wario",
        "We decide together what the money is for. Between meetings the chair may spend up to "
        "this sum for what we have agreed: {spending_limit}. Whoever orders something does not "
        "also approve its payment.",
        "Rydym yn penderfynu gyda’n gilydd beth yw diben yr arian. Rhwng cyfarfodydd caiff y "
        "cadeirydd wario hyd at y swm hwn ar yr hyn y cytunwyd arno: {spending_limit}. Ni chaiff y "
        "sawl sy’n archebu rhywbeth gymeradwyo’r taliad amdano hefyd.",
    ),
    StarterClause(
        "staff",
        "Staff who work for several schools",
        "Staff sy’n gweithio i sawl ysgol",
        "Staff whom we share are employed by: {employer}. Before anybody is appointed we agree in "
        "writing where they work on which days, who manages them, and who pays if the money ends. "
        "Teachers who work in another of our schools follow that school’s safeguarding rules.",
        "Cyflogir y staff a rannwn gan: {employer}. Cyn penodi neb rydym yn cytuno’n ysgrifenedig "
        "ymhle y byddant yn gweithio ar ba ddyddiau, pwy sy’n eu rheoli, a phwy sy’n talu os daw’r "
        "arian i ben. Mae athrawon sy’n gweithio mewn un arall o’n hysgolion yn dilyn rheolau "
        "diogelu’r ysgol honno.",
    ),
    StarterClause(
        "data",
        "What we tell one another about pupils and results",
        "Yr hyn a ddywedwn wrth ein gilydd am ddisgyblion a chanlyniadau",
        "Figures of a school are shared with the others only once that school has released them. "
        "Nothing by which a single pupil could be known is shared under this memorandum; where "
        "that is needed we sign a data-sharing agreement first.",
        "Dim ond ar ôl i ysgol ryddhau ei ffigurau y cânt eu rhannu â’r lleill. Ni rennir o dan y "
        "memorandwm hwn ddim y gellid adnabod disgybl unigol wrtho; lle bo angen hynny rydym yn "
        "llofnodi cytundeb rhannu data yn gyntaf.",
    ),
    StarterClause(
        "disputes",
        "When we cannot agree",
        "Pan na allwn gytuno",
        "Schools that cannot agree talk to one another first, then to the chair. If that does not "
        "settle it within a month we ask this person or body to help: {mediator}. Until then the "
        "work of the cluster goes on.",
        "Mae ysgolion na allant gytuno yn siarad â’i gilydd yn gyntaf, ac wedyn â’r cadeirydd. Os "
        "na fydd hynny’n datrys y mater o fewn mis, gofynnwn i’r person neu’r corff hwn helpu: "
        "{mediator}. Tan hynny mae gwaith y clwstwr yn parhau.",
    ),
    StarterClause(
        "leaving",
        "Joining and leaving",
        "Ymuno a gadael",
        "A school that joins signs this memorandum as it then stands. A school that wishes to "
        "leave tells the chair in writing, with this much notice: {notice}. It pays its part of "
        "what was agreed while it was a member.",
        "Mae ysgol sy’n ymuno yn llofnodi’r memorandwm hwn fel y mae ar y pryd. Mae ysgol sy’n "
        "dymuno gadael yn dweud hynny wrth y cadeirydd yn ysgrifenedig, gyda’r rhybudd hwn: "
        "{notice}. Mae’n talu ei rhan o’r hyn y cytunwyd arno tra oedd yn aelod.",
        True,
    ),
    StarterClause(
        "leaving",
        "What happens to a surplus",
        "Beth sy’n digwydd i arian dros ben",
        "Money that belongs to a fund goes back to that fund where its terms say so. What is left "
        "besides is shared out like this: {surplus}. Equipment stays where it is used most.",
        "Mae arian sy’n perthyn i gronfa yn dychwelyd i’r gronfa honno lle mae ei thelerau’n dweud "
        "hynny. Rhennir yr hyn sydd ar ôl fel hyn: {surplus}. Mae offer yn aros lle y’i defnyddir "
        "fwyaf.",
        True,
    ),
    StarterClause(
        "review",
        "When we look at this again",
        "Pryd y byddwn yn edrych ar hyn eto",
        "We look at this memorandum again by this day: {review_on}. Until a new one is signed "
        "this one holds. Smaller changes are made by a letter that every school signs.",
        "Byddwn yn edrych ar y memorandwm hwn eto erbyn y dyddiad hwn: {review_on}. Mae hwn yn "
        "parhau mewn grym nes llofnodi un newydd. Gwneir mân newidiadau drwy lythyr y mae pob "
        "ysgol yn ei lofnodi.",
        True,
    ),
)
