/** Diagnoses that primary care refers most, with the initials of their names: `gxy` finds 高血压. */
const lines = `I10 高血压 gxy
I11.9 高血压性心脏病 gxyxxzb
I20.0 不稳定型心绞痛 bwdxxjt
I20.9 心绞痛 xjt
I21.9 急性心肌梗死 jxxjgs
I25.1 冠心病 gxb
I48.9 心房颤动 xfcd
I50.9 心力衰竭 xlsj
I61.9 脑出血 ncx
I63.9 脑梗死 ngs
I70.2 下肢动脉硬化闭塞症 xzdmyhbsz
I83.9 下肢静脉曲张 xzjmqz
E03.9 甲状腺功能减退症 jzxgnjt
E04.1 甲状腺结节 jzxjj
E05.9 甲状腺功能亢进症 jzxgnkj
E10.9 1型糖尿病 yxtnb
E11.9 2型糖尿病 extnb
E78.5 高脂血症 gzxz
J15.9 细菌性肺炎 xjxfy
J18.9 肺炎 fy
J44.1 慢性阻塞性肺疾病急性加重 mxzsxfjb
J45.9 支气管哮喘 zqgxc
R91 肺部阴影 fbyy
C34.9 肺恶性肿瘤 fexzl
C50.9 乳腺恶性肿瘤 rxexzl
C18.9 结肠恶性肿瘤 jcexzl
K21.9 胃食管反流病 wsgflb
K25.9 胃溃疡 wky
K29.7 胃炎 wy
K35.8 急性阑尾炎 jxlwy
K74.6 肝硬化 gyh
K80.2 胆囊结石 dnjs
K92.2 消化道出血 xhdcx
M06.9 类风湿关节炎 lfsgjy
M17.9 膝骨关节炎 xggjy
M51.2 腰椎间盘突出 yzjptc
M81.9 骨质疏松症 gzss
S72.0 股骨颈骨折 ggjgz
N18.3 慢性肾脏病3期 mxszb
N18.5 慢性肾脏病5期 mxszb
N20.0 肾结石 sjs
N40 前列腺增生 qlxzs
D50.9 缺铁性贫血 qtxpx
F32.9 抑郁发作 yyfz
G20 帕金森病 pjsb
G40.9 癫痫 dx
G45.9 短暂性脑缺血发作 dzxnqx
H25.9 老年性白内障 lnxbnz
O14.9 子痫前期 zxqq
R07.4 胸痛 xt
R51 头痛 tt
T14.9 损伤 ss`

/** One diagnosis with its ICD-10 code. */
export interface Known {
  readonly code: string
  readonly text: string
  readonly initials: string
}

const known: readonly Known[] = lines.split('\n').map((line) => {
  const [code = '', text = '', initials = ''] = line.split(' ')
  return { code, text, initials }
})

/** Those that a few typed letters mean: of the code, of the name, of its initials. */
export function diagnosesLike(typed: string): readonly Known[] {
  const wanted = typed.trim().toLowerCase()
  if (!wanted) return known.slice(0, 12)
  return known
    .filter(({ code, text, initials }) =>
      [code.toLowerCase(), text.toLowerCase(), initials].some((one) => one.includes(wanted)),
    )
    .slice(0, 12)
}
