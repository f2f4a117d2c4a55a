import datetime as d, json, warnings
warnings.simplefilter("ignore")
from chinese_calendar.constants import holidays, workdays, in_lieu_days
from lunardate import LunarDate
from borax.calendars.lunardate import LunarDate as B, TermUtils
import cnlunar
zh={"New Year's Day":"元旦","Spring Festival":"春节","Tomb-sweeping Day":"清明节","Labour Day":"劳动节","Dragon Boat Festival":"端午节","National Day":"国庆节","Mid-autumn Festival":"中秋节","Anti-Fascist 70th Day":"抗战胜利纪念日"}
def nm(v): 
    return zh[v]
D=d.date
def qm(y):
    # 清明: from cnlunar and borax
    for day in (4,5,6):
        dt=D(y,4,day)
        a=cnlunar.Lunar(d.datetime(y,4,day),godType='8char').todaySolarTerms
        if a=="清明":
            t=B.from_solar(dt).term
            assert t=="清明",(y,t)
            return day
rows=[]
for y in range(2004,2051):
    s=LunarDate(y,1,1).toSolarDate(); b=LunarDate(y,5,5).toSolarDate(); m=LunarDate(y,8,15).toSolarDate()
    rows.append((y,s,qm(y),b,m))
open("rows.txt","w").write("\n".join(f"    ({y}, ({s.month}, {s.day}), {q}, ({b.month}, {b.day}), ({m.month}, {m.day}))," for y,s,q,b,m in rows))
def statutory(y):
    _,s,q,b,m=[r for r in rows if r[0]==y][0]
    out={D(y,1,1),D(y,5,1),D(y,10,1),D(y,10,2),D(y,10,3)}
    one=d.timedelta(1)
    if y<=2007: out|={D(y,5,2),D(y,5,3),s,s+one,s+2*one}
    else:
        out|={D(y,4,q),b,m}
        if y<=2013: out|={s-one,s,s+one}
        elif y<=2024: out|={s,s+one,s+2*one}
        else: out|={s-one,s,s+one,s+2*one,D(y,5,2)}
    return out
# compare with chinesecalendar's own opinion
hol={k:v for k,v in holidays.items()}; lieu=set(in_lieu_days)
for y in range(2004,2027):
    st=statutory(y)
    missing=[x for x in st if x not in hol]
    if missing: print(y,"statutory not in holidays",missing)
    both=[x for x in st if x in lieu]
    if both: print(y,"statutory but lieu",both)
    offw=[x for x in hol if x.year==y and x.weekday()<5]; mk=[x for x in workdays if x.year==y]
    print(y,"weekday off",len(offw),"statutory",len(st),"makeup",len(mk),"diff",len(offw)-len(st)-len(mk), "workdays", sum(1 for i in range((D(y+1,1,1)-D(y,1,1)).days) for x in [D(y,1,1)+d.timedelta(i)] if (x in workdays) or (x.weekday()<5 and x not in hol)))
# fixtures: year files of 2004..2023, December 29-31 in the file of the next year, as a notice gives them
files=[]
def value(v): return getattr(v,"value",v) if isinstance(getattr(v,"value",v),str) else v
for y in range(2004,2024):
    days=[]
    for src,off in ((holidays,True),(workdays,False)):
        for k,v in src.items():
            fy=k.year+1 if (k.month==12 and k.day>=29) else k.year
            if fy==y: days.append({"name":nm(value(v)),"date":k.isoformat(),"isOffDay":off})
    days.sort(key=lambda x:x["date"])
    files.append({"year":y,"papers":[],"days":days})
truth={str(y):{"work":[x.isoformat() for i in range((D(y+1,1,1)-D(y,1,1)).days) for x in [D(y,1,1)+d.timedelta(i)] if x in workdays], "statutory":[x.isoformat() for x in sorted(statutory(y))],"off":[k.isoformat() for k in sorted(hol) if k.year==y]} for y in range(2004,2027)}
json.dump({"source":"PyPI chinesecalendar 1.11.0 (MIT), 2004-2026, as year files and as flat lists; statutory days by lunardate and the Measures in force in each year","files":files,"truth":truth},open("../tests/data/history.json","w"),ensure_ascii=False,indent=None,separators=(",",":"))
