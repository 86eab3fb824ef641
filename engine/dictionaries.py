"""The words that logs are packed with, by version: what was packed with one is read with it for ever."""

#: The first. A compressor finds in it what events say again and again; what comes last is found cheapest.
_FIRST = (
    '{"item":,"kind":"WorkReleased","reason":}{"by":,"checked":,"entered":,"item":,"kind":"AnswerGiven","'
    'mandate":,"on_behalf_of":,"outcome":,"post":,"reason":}{"item":,"kind":"AnswerMissed","reason":}{"it'
    'em":,"kind":"WorkCancelled"}{"basis":,"kind":"CasePaused","reason":}{"dues":,"kind":"CaseResumed","p'
    'arts":}{"kind":"ClockStopped"}{"due":,"kind":"ClockStarted","restarted":,"stood_minutes":,"within":}'
    '{"issue":,"kind":"CaseMigrated","marking":,"reason":,"release":,"renames":}{"basis":,"kind":"ValuesE'
    'rased","mandate":,"names":,"on_behalf_of":,"post":,"reason":,"whole":}{"by":,"digest":,"entered":,"i'
    'tem":,"kind":"FileAttached","number":,"size":,"type":}{"apology":,"beyond":,"by":,"extension":,"kind'
    '":"ExtensionAsked","length":,"reason":}{"by":,"due":,"extension":,"kind":"ExtensionGranted"}{"by":,"'
    'extension":,"kind":"ExtensionRefused","reason":}{"due":,"kind":"LimitBegan","since":,"within":}{"by"'
    ':,"consultation":,"counted":,"due":,"item":,"kind":"OpinionAsked","of":,"posts":,"question":,"waits"'
    ':,"within":}{"by":,"consultation":,"kind":"OpinionGiven","late":,"opinion":}{"consultation":,"due":,'
    '"kind":"OpinionLapsed","of":}{"item":,"kind":"PartFinished","part":}{"due":,"kind":"PhaseEntered","n'
    'ame":,"phase":,"within":}{"kind":"PhaseLeft","phase":}{"dues":,"kind":"PhasesMoved","since":}{"kind"'
    ':"SupplementAnswered","note":,"supplement":}{"by":,"clock":,"expires":,"item":,"kind":"SupplementAsk'
    'ed","lacking":,"reason":,"supplement":,"within":}{"closing":,"dues":,"kind":"SupplementClosed","note'
    '":,"parts":,"supplement":}{"item":,"kind":"TaskCancelled","reason":,"task":}{"item":,"kind":"TaskFin'
    'ished","report":,"task":}{"due":,"item":,"kind":"TaskGiven","task":,"to":,"what":}{"head":,"head_on_'
    'behalf_of":,"item":,"kind":"WorkReassigned","mandate":,"on_behalf_of":,"post":,"reason":,"to":}{"ite'
    'm":,"kind":"WorkRecalled","marking":,"reason":}{"decisions":,"dues":,"kind":"CaseRehomed","parts":,"'
    'units":}{"kind":"CaseReopened","marking":,"reason":}{"kind":"RecordCorrected","of":,"reason":,"says"'
    ':}{"entered":,"kind":"ValuesCorrected","of":,"reason":}"working_day""working_hour""calendar_day" ngà'
    "y làm việc giờ làm việcTrưởng phòngPhó Trưởng phòngPhó Giám đốcPhó Chủ tịchChủ tịchGiám đốc@Chánh Vă"
    "n phòng@Văn thư@Kế toán@Chuyên viên@Phòng Văn phòngBộ phận Một cửalãnh đạongười đề nghịquản trịtiếp "
    "nhậnthẩm địnhphê duyệtban hànhkiểm tradự thảotrình kýtrả kết quảlưu hồ sơĐồng ýKhông đồng ýHợp lệYêu"
    ' cầu bổ sungPhê duyệtkết thúc"sub_case""errand""delay"late_caselate_step"person:{"attempt":1,"assign'
    'ee":{"breach":"late_step","due":"2026-T10:00:00Z","item":"kind":"BreachRecorded","step":""told":["{"'
    'branch":0,"by":""checked":[""entered":[{"digest":"","name":""mandate":""on_behalf_of":""skipped":tru'
    'e{"by":"","item":1,"kind":"WorkClaimed","post":"{"at":"","kind":"WorkStarted"{"kind":"CaseEnded","re'
    'sult":"xong"}{"calendar":"sha256:","due":"2026-T10:00:00Z","issue":1,"kind":"CaseOpened","marking":['
    '"ready:"],"opener":"","parent":["","post":"","procedure":"QT-","release":"sha256:","title":"","unit"'
    ':"","within":{"amount":"20","text":"20 ngày làm việc","unit":"working_day"}}{"kind":"StepPassed","ma'
    'rking":["ready:"],"outcome":"","returned_to":"","step":"["from:>","from:"],"outcome":"","ready:{"bra'
    'nch":0,"by":"","item":2,"kind":"WorkFinished","marking":["end"],"outcome":"Xong","post":"","reason":'
    '"","returned_to":""}\n{"assignee":"","attempt":1,"counted":false,"due":"2026-T01:00:00Z","expires":"2'
    '026-"member":""of":"parts":[[""previous":"since":""variant":{"branch":0,"by":"","item":1,"kind":"Wor'
    'kFinished","marking":["ready:"],"outcome":"Xong","post":""}\n{"attempt":1,"due":"2026-03-0T01:00:00Z"'
    ',"item":2,"kind":"WorkOpened","posts":[""],"role":"","step":"","unit":"","waits_for":"work"}'
)

#: Every dictionary there has been, by its number. One is added, none is ever changed: the logs lean on them.
DICTIONARIES = {1: _FIRST.encode()}
