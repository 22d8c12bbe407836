import { expect, test } from 'vitest'
import { Refusal } from '../../kernel/refusal.ts'
import type { Resource } from '../../kernel/resource/owner.ts'
import { fromXml } from './from-xml.ts'
import { toXml } from './to-xml.ts'

const patient = {
  resourceType: 'Patient',
  id: 'p-1',
  text: {
    status: 'generated',
    div: '<div xmlns="http://www.w3.org/1999/xhtml"><p class="a">王 &lt; 李</p><div>内</div></div>',
  },
  contained: [{ resourceType: 'Organization', id: 'o', name: '省 "一" & 院' }],
  extension: [{ url: 'urn:a', valueString: 'line\nbreak\ttab' }],
  _birthDate: { extension: [{ url: 'urn:b', valueCode: 'unknown' }] },
  name: [{ id: 'n1', given: ['一', null, '三'], _given: [null, { id: 'g2' }, null] }],
  deceasedBoolean: false,
  multipleBirthInteger: 2,
  managingOrganization: { reference: '#o' },
} as unknown as Resource

test('a resource survives XML both ways, element by element', () => {
  expect(fromXml(toXml(patient))).toEqual(patient)
})

test('elements stand in the order of the definitions, ids and extension urls as attributes', () => {
  const xml = toXml({ gender: 'male', resourceType: 'Patient', active: true, id: 'x' } as unknown as Resource)
  expect(xml).toBe(
    '<?xml version="1.0" encoding="UTF-8"?><Patient xmlns="http://hl7.org/fhir"><id value="x"/><active value="true"/><gender value="male"/></Patient>',
  )
  expect(toXml(patient)).toContain('<given id="g2"/>')
  expect(toXml(patient)).toContain('<extension url="urn:a"><valueString value="line&#10;break&#9;tab"/>')
})

test('a prefix for the namespace, comments and a declaration change nothing', () => {
  const xml =
    '<?xml version="1.0"?><!-- from a HIS --><f:Patient xmlns:f="http://hl7.org/fhir"><f:id value="a"/><!-- x --></f:Patient>'
  expect(fromXml(xml)).toEqual({ resourceType: 'Patient', id: 'a' })
})

test('a narrative that no XML reader could read, or that says no namespace, still leaves the document readable', () => {
  const xmlOf = (div: string) =>
    toXml({ resourceType: 'Basic', text: { status: 'generated', div } } as unknown as Resource)
  expect(xmlOf('<div>a &eacute; &nbsp; b</div>')).toContain(
    '<div xmlns="http://www.w3.org/1999/xhtml">a &amp;eacute; &#160; b</div>',
  )
  for (const div of ['<div><p>open</div>', '<div>a & b</div>', 'words'])
    expect(() => fromXml(xmlOf(div)), div).not.toThrow()
})

test('what is no document of a resource is refused, an entity bomb among it', () => {
  const wrong = [
    '',
    'text',
    '<Patient>',
    '<Nonsense xmlns="http://hl7.org/fhir"/>',
    '<Patient xmlns="http://hl7.org/fhir"><colour value="red"/></Patient>',
    '<Patient xmlns="http://hl7.org/fhir">words</Patient>',
    '<Patient><gender value="male"/><gender value="male"/></Patient>',
    '<!DOCTYPE p [<!ENTITY a "aaa">]><Patient><id value="&a;"/></Patient>',
    '<Patient><id value="&nothing;"/></Patient>',
    '<Patient><__proto__ value="x"/></Patient>',
    `${'<Basic><contained>'.repeat(2000)}${'</contained></Basic>'.repeat(2000)}`,
    '<Patient/><Patient/>',
    '<Patient xmlns="urn:hl7-org:v3"><gender value="male"/></Patient>',
    '<a:Patient xmlns:a="urn:hl7-org:v3"><a:gender value="male"/></a:Patient>',
    '<Patient xmlns="http://hl7.org/fhir"><gender value="male" kind="legal"/></Patient>',
    '<Patient xmlns="http://hl7.org/fhir"><maritalStatus value="M"><text value="已婚"/></maritalStatus></Patient>',
    '<Patient xmlns="http://hl7.org/fhir" version="4"><gender value="male"/></Patient>',
  ]
  for (const xml of wrong) expect(() => fromXml(xml), xml.slice(0, 60)).toThrow(Refusal)
})
