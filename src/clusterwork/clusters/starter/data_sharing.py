"""The shipped clauses of a data-sharing agreement, in the order in which they are read."""

from __future__ import annotations

from clusterwork.clusters.starter.clause import StarterClause

DATA_SHARING = (
    StarterClause(
        "purpose",
        "Why we share data",
        "Pam rydym yn rhannu data",
        "We are the schools of this cluster: {cluster}. We share data so that we can see together "
        "what our pupils need, plan for it, and know whether what we do helps. We use what is "
        "shared for nothing else.",
        "Ni yw ysgolion y clwstwr hwn: {cluster}. Rydym yn rhannu data er mwyn gweld gyda’n "
        "gilydd beth sydd ei angen ar ein disgyblion, cynllunio ar ei gyfer, a gwybod a yw’r hyn a "
        "wnawn yn helpu. Nid ydym yn defnyddio’r hyn a rennir at unrhyw ddiben arall.",
        True,
    ),
    StarterClause(
        "working",
        "How data are shared",
        "Sut y rhennir data",
        "Each school looks at its own figures first, may correct them or add a comment, and "
        "releases them itself. Data go through Clusterwork or another place that all our schools "
        "have agreed on, never by ordinary e-mail.",
        "Mae pob ysgol yn edrych ar ei ffigurau ei hun yn gyntaf, caiff eu cywiro neu ychwanegu "
        "sylw, a hi ei hun sy’n eu rhyddhau. Mae data’n mynd drwy Clusterwork neu le arall y mae "
        "ein hysgolion i gyd wedi cytuno arno, byth drwy e-bost cyffredin.",
    ),
    StarterClause(
        "governance",
        "Who answers for the data",
        "Pwy sy’n atebol am y data",
        "Each school remains the controller of its own data. Who answers for what we hold "
        "together: {data_lead}. Each school names somebody whom parents and staff can ask, and "
        "its data protection officer has read this agreement.",
        "Mae pob ysgol yn parhau’n rheolydd ei data ei hun. Pwy sy’n atebol am yr hyn a gadwn "
        "gyda’n gilydd: {data_lead}. Mae pob ysgol yn enwi rhywun y gall rhieni a staff ei holi, "
        "ac mae ei swyddog diogelu data wedi darllen y cytundeb hwn.",
        True,
    ),
    StarterClause(
        "decisions",
        "Deciding to share something new",
        "Penderfynu rhannu rhywbeth newydd",
        "We decide together what new kinds of data are shared. This is our rule: {voting_rule} No "
        "school has to share data about its own pupils because others voted for it.",
        "Rydym yn penderfynu gyda’n gilydd pa fathau newydd o ddata a rennir. Dyma ein rheol: "
        "{voting_rule} Nid oes rhaid i’r un ysgol rannu data am ei disgyblion ei hun am fod eraill "
        "wedi pleidleisio dros hynny.",
    ),
    StarterClause(
        "money",
        "What sharing costs",
        "Cost rhannu",
        "Each school bears its own costs of sharing data. Shared costs are paid from the "
        "cluster’s money, which is held by: {banker}.",
        "Mae pob ysgol yn talu ei chostau ei hun am rannu data. Telir costau cyffredin o arian y "
        "clwstwr, a gedwir gan: {banker}.",
    ),
    StarterClause(
        "staff",
        "Who sees the data",
        "Pwy sy’n gweld y data",
        "Only staff who need the data for their work in the cluster see them. They have been told "
        "how to keep data safe. A school ends somebody’s access on the day on which they leave.",
        "Dim ond staff y mae arnynt angen y data ar gyfer eu gwaith yn y clwstwr sy’n eu gweld. "
        "Maent wedi cael gwybod sut i gadw data’n ddiogel. Mae ysgol yn dod â mynediad rhywun i "
        "ben ar y diwrnod y mae’n gadael.",
    ),
    StarterClause(
        "data",
        "What we share",
        "Yr hyn a rannwn",
        "We share figures about whole schools and groups of pupils. Groups so small that a single "
        "pupil could be known are not shown. Names and other details of pupils are shared only "
        "where a pupil takes part in something that our schools provide together.",
        "Rydym yn rhannu ffigurau am ysgolion cyfan a grwpiau o ddisgyblion. Ni ddangosir grwpiau "
        "mor fach fel y gellid adnabod disgybl unigol. Rhennir enwau a manylion eraill disgyblion "
        "dim ond pan fo disgybl yn cymryd rhan mewn rhywbeth y mae ein hysgolion yn ei ddarparu "
        "gyda’i gilydd.",
        True,
    ),
    StarterClause(
        "data",
        "How long we keep it",
        "Am ba hyd y’i cadwn",
        "Data that we share are kept for this long: {data_kept}. Then they are deleted in every "
        "school. Parents and pupils may ask to see, correct or erase what is held about them; the "
        "school that the pupil goes to answers.",
        "Cedwir y data a rannwn am y cyfnod hwn: {data_kept}. Yna fe’u dilëir ym mhob ysgol. Caiff "
        "rhieni a disgyblion ofyn am weld, cywiro neu ddileu’r hyn a gedwir amdanynt; ysgol y "
        "disgybl sy’n ateb.",
        True,
    ),
    StarterClause(
        "disputes",
        "If something goes wrong",
        "Os aiff rhywbeth o’i le",
        "Whoever finds that data were lost, or seen by somebody who should not see them, tells "
        "the school concerned the same day. That school decides with its data protection officer "
        "whom else to tell, within 72 hours. Who helps where we cannot agree: {mediator}.",
        "Mae’r sawl sy’n darganfod bod data wedi’u colli, neu wedi’u gweld gan rywun na ddylai eu "
        "gweld, yn dweud wrth yr ysgol dan sylw yr un diwrnod. Mae’r ysgol honno a’i swyddog "
        "diogelu data’n penderfynu wrth bwy arall y dylid dweud, o fewn 72 awr. Pwy sy’n helpu "
        "pan na allwn gytuno: {mediator}.",
    ),
    StarterClause(
        "leaving",
        "When a school leaves",
        "Pan fydd ysgol yn gadael",
        "A school that leaves shares nothing new from that day. What it shared stays in totals "
        "that were already made; everything else about its pupils is deleted by the others within "
        "a month. Nothing is left over to be shared out.",
        "Nid yw ysgol sy’n gadael yn rhannu dim byd newydd o’r diwrnod hwnnw. Mae’r hyn a rannodd "
        "yn aros mewn cyfansymiau a wnaed eisoes; mae’r lleill yn dileu popeth arall am ei "
        "disgyblion o fewn mis. Nid oes dim dros ben i’w rannu.",
        True,
    ),
    StarterClause(
        "review",
        "When we look at this again",
        "Pryd y byddwn yn edrych ar hyn eto",
        "We look at this agreement again by this day: {review_on}, and sooner if the law changes "
        "or something has gone wrong.",
        "Byddwn yn edrych ar y cytundeb hwn eto erbyn y dyddiad hwn: {review_on}, ac yn gynt os "
        "bydd y gyfraith yn newid neu os aiff rhywbeth o’i le.",
        True,
    ),
)
