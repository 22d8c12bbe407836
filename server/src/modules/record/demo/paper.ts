/** A clinical document before it is written down as CDA: its head, and its sections in order. */
export interface Paper {
  readonly standard: 'WS/T 500' | 'C-CDA'
  readonly number: string
  readonly code: readonly [code: string, system: string, display: string]
  readonly template: string
  readonly title: string
  readonly at: Date
  readonly author: string
  readonly custodian: readonly [number: string, name: string]
  readonly patient: {
    readonly name: string
    readonly number: string
    readonly sex: 'male' | 'female'
    readonly birthDate: string
  }
  readonly sections: readonly Part[]
}

export interface Part {
  readonly loinc: string
  readonly title: string
  readonly said?: readonly string[]
  readonly list?: readonly string[]
  readonly table?: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** Nothing in words: name and value of each entry, as WS/T 500 allows. */
  readonly entries?: readonly (readonly [element: string, name: string, value: string])[]
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? '')

/** China's wall clock as HL7 writes it. */
const stamp = (at: Date): string =>
  `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace(/[-T:]/g, '')}+0800`

const cells = (tag: 'th' | 'td', row: readonly string[]): string =>
  `<tr>${row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`

function narrative({ said = [], list, table }: Part): string {
  const parts = said.map((one) => `<paragraph>${escaped(one)}</paragraph>`)
  if (list) parts.push(`<list>${list.map((one) => `<item>${escaped(one)}</item>`).join('')}</list>`)
  if (table) {
    const body = table.rows.map((row) => cells('td', row)).join('')
    parts.push(`<table><thead>${cells('th', table.head)}</thead><tbody>${body}</tbody></table>`)
  }
  return `<text>${parts.join('')}</text>`
}

const entry = ([element, name, value]: NonNullable<Part['entries']>[number]): string =>
  `<entry><observation classCode="OBS" moodCode="EVN"><code code="${element}" codeSystem="2.16.156.10011.2.2.1"
  displayName="${escaped(name)}"/><value xsi:type="ST">${escaped(value)}</value></observation></entry>`

const section = (part: Part): string => `<component><section>
  <code code="${part.loinc}" codeSystem="2.16.840.1.113883.6.1" codeSystemName="LOINC"/>
  <title>${escaped(part.title)}</title>${narrative(part)}${(part.entries ?? []).map(entry).join('\n')}
</section></component>`

/** The document as a hospital's system hands it over. */
export function written(paper: Paper): string {
  const { code, custodian, patient } = paper
  const isChinese = paper.standard === 'WS/T 500'
  const sex = { WS: { male: '1', female: '2' }, C: { male: 'M', female: 'F' } }[isChinese ? 'WS' : 'C'][
    patient.sex
  ]
  const sexes = isChinese ? '2.16.156.10011.2.3.3.4' : '2.16.840.1.113883.5.1'
  return `<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<realmCode code="${isChinese ? 'CN' : 'US'}"/>
<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<templateId root="${paper.template}"/>
<id root="2.16.156.10011.1.1" extension="${paper.number}"/>
<code code="${code[0]}" codeSystem="${code[1]}" displayName="${escaped(code[2])}"/>
<title>${escaped(paper.title)}</title>
<effectiveTime value="${stamp(paper.at)}"/>
<confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/>
<languageCode code="zh-CN"/>
<recordTarget><patientRole><id root="2.16.156.10011.1.3" extension="${patient.number}"/>
<patient><name>${escaped(patient.name)}</name><administrativeGenderCode code="${sex}" codeSystem="${sexes}"/>
<birthTime value="${patient.birthDate.replaceAll('-', '')}"/></patient></patientRole></recordTarget>
<author><time value="${stamp(paper.at)}"/><assignedAuthor><id root="2.16.156.10011.1.7" extension="${paper.number}-A"/>
<assignedPerson><name>${escaped(paper.author)}</name></assignedPerson></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization><id root="2.16.156.10011.1.5" extension="${custodian[0]}"/>
<name>${escaped(custodian[1])}</name></representedCustodianOrganization></assignedCustodian></custodian>
<component><structuredBody>
${paper.sections.map(section).join('\n')}
</structuredBody></component>
</ClinicalDocument>
`
}
