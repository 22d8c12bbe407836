/** HL7's short lists of categories in Chinese, as clinicians say them: http://terminology.hl7.org/CodeSystem/… */
export const categories: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'observation-category': {
    ...{ laboratory: '检验', 'vital-signs': '体征', imaging: '影像', procedure: '操作', survey: '问卷' },
    ...{ 'social-history': '生活史', exam: '体格检查', therapy: '治疗', activity: '活动' },
  },
  'condition-category': { 'problem-list-item': '问题清单', 'encounter-diagnosis': '就诊诊断' },
  'v2-0074': {
    ...{ LAB: '检验', CH: '临床化学', HM: '血液学', IMM: '免疫', MB: '微生物', BLB: '输血', GE: '遗传' },
    ...{ RAD: '放射', RX: '放射', CT: 'CT', NMR: '磁共振', RUS: '超声', OUS: '产科超声', VUS: '血管超声' },
    ...{ NMS: '核医学', EC: '心电', CUS: '心脏超声', PF: '肺功能', EN: '脑电', SP: '外科病理', PAT: '病理' },
    ...{ CP: '细胞病理', OTH: '其他', PHR: '药学', PT: '康复' },
  },
  'v3-ActCode': {
    ...{ AMB: '门诊', EMER: '急诊', IMP: '住院', ACUTE: '急症住院', NONAC: '非急症住院', PRENC: '入院前' },
    ...{ OBSENC: '留观', SS: '日间', HH: '上门', VR: '远程', FLD: '现场' },
  },
  'allergyintolerance-clinical': { active: '现有', inactive: '不再有', resolved: '已消除' },
  'condition-clinical': {
    ...{ active: '现有', recurrence: '复发', relapse: '再发', inactive: '不活动' },
    ...{ remission: '缓解', resolved: '已愈' },
  },
  'condition-ver-status': {
    ...{ unconfirmed: '未确认', provisional: '初步', differential: '待鉴别', confirmed: '已确认' },
    ...{ refuted: '已排除', 'entered-in-error': '误录' },
  },
  'allergyintolerance-verification': {
    ...{ unconfirmed: '未确认', confirmed: '已确认', refuted: '已排除', 'entered-in-error': '误录' },
  },
  'v3-ObservationInterpretation': {
    ...{ N: '正常', L: '偏低', LL: '危急低', H: '偏高', HH: '危急高', A: '异常', AA: '危急异常' },
    ...{ POS: '阳性', NEG: '阴性', R: '耐药', S: '敏感', I: '中介' },
  },
}

/** DICOM PS3.3 C.7.3.1.1.1: how pictures are made. */
export const modalities: Readonly<Record<string, string>> = {
  ...{ CT: 'CT', MR: '磁共振', DX: '数字 X 线', CR: 'X 线', XA: '血管造影', RF: '透视', MG: '乳腺 X 线' },
  ...{ US: '超声', IVUS: '血管内超声', ES: '内镜', NM: '核医学', PT: 'PET', ECG: '心电图', OP: '眼底照相' },
  ...{ OCT: '光学相干断层', SM: '病理切片', IO: '口内 X 线', PX: '口腔全景', RG: 'X 线', XC: '照片' },
}
