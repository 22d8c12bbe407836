import type { ItemCategory, MarkScope } from '@tongmai/api/recognition/catalogue'

/** One item of the demonstration catalogue. */
export interface DemoItem {
  readonly code: string
  readonly name: string
  readonly aliases: readonly string[]
  readonly category: ItemCategory
  readonly loinc: readonly string[]
  readonly validDays: number
  readonly scope: MarkScope
  readonly method: string | null
  readonly priceFen: number
  readonly doseUsv: number | null
  readonly waitDays: number
  readonly source: string
  /** `value unit low high` of a plausible result; words where it is no number. */
  readonly usual: string
}

const WUHAN = '时限为武汉大学人民医院公示值（依据国卫医发〔2022〕6号）；互认范围、价格、等待天数为演示值'
const INVENTED = '演示值，非任何机构发布；启用前由医联体办公室按当地目录核定'

/** code · name · other names · LOINC · days · price in yuan · usual value. Windows as published by one hospital. */
const published = `TP|总蛋白||2885-2|30|6|71 g/L 65 85
ALB|白蛋白||1751-7|30|6|42 g/L 40 55
FERR|铁蛋白||2276-4|30|45|126 μg/L 30 400
GLU|葡萄糖|血糖 空腹血糖|2345-7 2339-0 14749-6 1558-6 15074-8|30|5|6.8 mmol/L 3.9 6.1
CHOL|总胆固醇||2093-3 14647-2|30|8|5.4 mmol/L 2.8 5.2
TG|甘油三酯||2571-8 14927-8|30|8|1.9 mmol/L 0.5 1.7
HDLC|高密度脂蛋白胆固醇|HDL|2085-9 14646-4|30|12|1.1 mmol/L 1.0 1.6
LDLC|低密度脂蛋白胆固醇|LDL|18262-6 13457-7 22748-8|30|12|3.6 mmol/L 0 3.4
APOA1|载脂蛋白A1||1869-7|30|15|1.3 g/L 1.0 1.6
APOB|载脂蛋白B||1884-6|30|15|1.0 g/L 0.6 1.1
TBIL|总胆红素||1975-2 14631-6|30|6|14 μmol/L 0 23
DBIL|直接胆红素||1968-7 14629-0|30|6|4 μmol/L 0 8
HBA1C|糖化血红蛋白|糖化|4548-4 17856-6 59261-8|60|40|7.4 % 4 6
K|钾|血钾|2823-3 6298-4|7|5|4.2 mmol/L 3.5 5.3
NA|钠|血钠|2951-2 2947-0|7|5|140 mmol/L 137 147
CL|氯|血氯|2075-0 2069-3|7|5|103 mmol/L 99 110
CA|钙|血钙|17861-6 49765-1 2000-8|7|6|2.31 mmol/L 2.11 2.52
MG|镁|血镁|19123-9 2601-3|7|8|0.86 mmol/L 0.75 1.02
FE|铁|血清铁|2498-4 14798-3|7|12|15.2 μmol/L 10.6 36.7
TIBC|总铁结合力||2500-7 14800-7|7|15|56 μmol/L 50 77
P|无机磷|血磷|2777-1 14879-1|7|6|1.14 mmol/L 0.85 1.51
LI|锂|血锂|3719-2 14334-7|7|30|0.7 mmol/L 0.6 1.2`

/** code · name · other names · category · LOINC · days · scope · price · dose in μSv · days to the report · usual. */
const invented = `CREA|肌酐|血肌酐|biochemistry|2160-0 14682-9 38483-4|30|province|6||1|78 μmol/L 57 97
UREA|尿素|尿素氮|biochemistry|3094-0 22664-7 6299-2|30|province|6||1|5.6 mmol/L 3.1 8.0
UA|尿酸|血尿酸|biochemistry|3084-1 14933-6|30|province|6||1|398 μmol/L 208 428
ALT|丙氨酸氨基转移酶|谷丙转氨酶|biochemistry|1742-6|30|province|6||1|24 U/L 9 50
AST|天冬氨酸氨基转移酶|谷草转氨酶|biochemistry|1920-8|30|province|6||1|22 U/L 15 40
TSH|促甲状腺激素||immunology|3016-3|60|province|38||1|2.4 mIU/L 0.27 4.2
HBSAG|乙肝表面抗原|表面抗原|immunology|5196-1|90|national|20||1|阴性
AFP|甲胎蛋白||immunology|1834-1|30|province|45||1|3.1 ng/mL 0 7
CEA|癌胚抗原||immunology|2039-6|30|province|45||1|2.2 ng/mL 0 5
CBC|血常规|血细胞分析|haematology|58410-2|3|city|20||1|白细胞 6.1×10⁹/L，血红蛋白 138 g/L，血小板 212×10⁹/L
INR|国际标准化比值|凝血|haematology|6301-6|3|city|25||1|1.02 - 0.8 1.2
CTCHEST|胸部CT平扫|胸部CT|imaging|24627-2|90|city|240|7000|2|双肺纹理增多，右肺上叶 4 mm 磨玻璃结节。
XCHEST|胸部X线正侧位|胸片|imaging|36643-5 30745-4|30|city|80|100|1|心肺膈未见明显异常。
MRBRAIN|颅脑磁共振平扫|头颅核磁|imaging|24590-2|90|city|520||3|双侧半卵圆中心少许缺血灶。
USABD|腹部超声|腹部彩超|ultrasound|24558-9|30|city|120||1|肝囊肿，胆囊息肉样病变 3 mm。
ECHO|经胸超声心动图|心脏彩超 心超|ultrasound|34552-0|90|city|220||2|左室舒张功能减低，LVEF 61%。
ECG12|十二导联心电图|心电图|ecg|11524-6|7|alliance|25||1|窦性心律，大致正常心电图。
SPIRO|肺功能检查|肺功能|function|81459-0|90|city|160||2|轻度阻塞性通气功能障碍。`

const words = (text: string): readonly string[] => text.split(' ').filter(Boolean)

const fromPublished = (line: string): DemoItem => {
  const [code = '', name = '', aliases = '', loinc = '', days = '', yuan = '', usual = ''] = line.split('|')
  return {
    ...{ code, name, aliases: words(aliases), category: 'biochemistry', loinc: words(loinc) },
    ...{ validDays: Number(days), scope: 'city', method: null, priceFen: Number(yuan) * 100, doseUsv: null },
    ...{ waitDays: 1, source: WUHAN, usual },
  }
}

const fromInvented = (line: string): DemoItem => {
  const [
    code = '',
    name = '',
    aliases = '',
    category,
    loinc = '',
    days,
    scope,
    yuan,
    dose,
    wait,
    usual = '',
  ] = line.split('|')
  return {
    ...{ code, name, aliases: words(aliases), category: category as ItemCategory, loinc: words(loinc) },
    ...{ validDays: Number(days), scope: scope as MarkScope, method: null, priceFen: Number(yuan) * 100 },
    ...{ doseUsv: dose ? Number(dose) : null, waitDays: Number(wait), source: INVENTED, usual },
  }
}

/** What is recognised in the demonstration region; prices and scopes are invented. */
export const demoItems: readonly DemoItem[] = [
  ...published.split('\n').map(fromPublished),
  ...invented.split('\n').map(fromInvented),
]
