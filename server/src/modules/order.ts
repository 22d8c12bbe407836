/**
 * The modules, foundations first. A module may call the face of any module before it; it knows nothing of
 * those after it, which may listen to its events. The same order holds in `api/` and in `web/`.
 */
export const order = [
  {
    name: 'network',
    chinese: '联盟',
    purpose: 'institutions, departments, alliances, agreements, grids and their governance',
  },
  { name: 'identity', chinese: '身份', purpose: 'accounts, roles, sessions, system clients' },
  {
    name: 'workforce',
    chinese: '人员',
    purpose: 'practitioners, licences, teams, duty rota, responsible physicians, postings',
  },
  {
    name: 'resident',
    chinese: '居民',
    purpose: 'one index of residents, households, consents and grants of access',
  },
  {
    name: 'record',
    chinese: '档案',
    purpose: 'the lifelong record as a clinician reads it, its provenance, quality and imports',
  },
  {
    name: 'technique',
    chinese: '技术',
    purpose: 'the catalogue of techniques, who masters what, and how they are transferred',
  },
  { name: 'recognition', chinese: '互认', purpose: 'mutual recognition of tests and examinations' },
  { name: 'contract', chinese: '签约', purpose: 'family-doctor contracts, their packages and fulfilment' },
  {
    name: 'careplan',
    chinese: '照护计划',
    purpose: 'pathways, follow-up, chronic disease, wearables and their alerts',
  },
  {
    name: 'benefit',
    chinese: '待遇',
    purpose: 'tariffs and insurance rules by tier, so that cost is shown before choosing',
  },
  { name: 'capacity', chinese: '资源', purpose: 'clinic and examination slots, beds, reservations' },
  { name: 'dispatch', chinese: '转运', purpose: 'vehicles, helicopter, missions' },
  {
    name: 'pharmacy',
    chinese: '药事',
    purpose: 'formulary, prescriptions and their review, delivery, narcotics, stewardship',
  },
  {
    name: 'referral',
    chinese: '转诊',
    purpose: 'two-way referral, its routing, the green channel, continuing care',
  },
  {
    name: 'consult',
    chinese: '会诊',
    purpose: 'remote consultation, cloud clinic, teaching rounds, procedure guidance, video rooms',
  },
  {
    name: 'diagnostics',
    chinese: '诊断中心',
    purpose: 'imaging, pathology and ECG: archive, allocation, reading, report, critical values',
  },
  {
    name: 'outreach',
    chinese: '下沉',
    purpose: 'the menu and orders of help, expert clinics, department building, credits',
  },
  { name: 'training', chinese: '教学', purpose: 'courses, credits, skill gaps' },
  { name: 'emergency', chinese: '急救', purpose: 'trauma alliance, epidemic mode' },
  { name: 'research', chinese: '科研', purpose: 'cohorts, studies, data centre' },
  { name: 'quality', chinese: '质量', purpose: 'standards, audits, satisfaction' },
  {
    name: 'performance',
    chinese: '绩效',
    purpose: 'indicators, appraisal, stages of cooperation, dashboards',
  },
  { name: 'settlement', chinese: '结算', purpose: 'capitation, shared surplus, telemedicine clearing' },
  {
    name: 'notice',
    chinese: '通知',
    purpose: 'inbox, live updates, message gateways, announcements',
  },
  {
    name: 'interop',
    chinese: '互联',
    purpose: 'the wire: FHIR REST, SMART, bulk data, subscriptions, HL7 v2, CDS Hooks',
  },
] as const

/** The name of a module, as its folders, its schema and its files in `api/` carry it. */
export type ModuleName = (typeof order)[number]['name']
