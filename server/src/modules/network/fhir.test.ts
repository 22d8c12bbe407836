import type { Institution } from '@tongmai/api/network/institution'
import { describe, expect, test } from 'vitest'
import { problemsOf } from '../../kernel/resource/validate.ts'
import { csvOf } from './csv.ts'
import {
  affiliationOf,
  allianceOf,
  departmentOf,
  foreignOf,
  locationOf,
  organizationOf,
  serviceOf,
} from './fhir.ts'

describe('a list of institutions', () => {
  test('a CSV cell never runs as a formula and keeps commas and quotes', () => {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      csvOf(
        ['a', 'b'],
        [
          ['=1+1', 'x,"y"'],
          [null, 3],
        ],
      ),
    )
    expect(text).toBe('\ufeffa,b\r\n\'=1+1,"x,""y"""\r\n,3\r\n')
  })
})

describe('as FHIR', () => {
  const institution: Institution = {
    id: '0b6f3f0a-6d5e-8aaa-a111-000000000001',
    code: 'LEAD',
    name: '云泽市第一人民医院',
    shortName: '市一院',
    kind: 'generalHospital',
    tier: 'tertiary',
    hospitalGrade: 'gradeA',
    creditCode: null,
    divisionCode: '990102',
    longitude: 124.5,
    latitude: 30.2,
    address: null,
    phone: null,
    external: false,
    closedOn: null,
    version: 1,
  }
  const { id } = institution

  test('institution, place, department, alliance and membership are valid R4', () => {
    const department = {
      id,
      institutionId: id,
      code: 'CARD',
      name: '心血管内科',
      specialty: 'cardiology',
      phone: null,
      closedOn: null,
      version: 1,
    } as const
    const alliance = {
      id,
      name: 'x',
      shortName: 'x',
      form: 'teleNetwork',
      specialty: null,
      charter: null,
      since: '2026-01-01',
      until: null,
      version: 1,
    } as const
    const membership = {
      id,
      allianceId: id,
      institutionId: id,
      role: 'lead',
      layer: 'inCity',
      grade: 'tight',
      since: '2026-01-01',
      until: null,
      version: 1,
    } as const
    const shown = [
      organizationOf(institution),
      locationOf(institution),
      departmentOf(department),
      serviceOf(department),
      allianceOf(alliance),
      affiliationOf(membership),
    ]
    for (const resource of shown) expect(problemsOf(resource), resource.resourceType).toEqual([])
  })

  test('a foreign Organization is known by its first identifier and keeps it', () => {
    const foreign = foreignOf({
      resourceType: 'Organization',
      name: 'PCP8367',
      identifier: [{ system: 'https://example.org/organization', value: '00' }],
      telecom: [{ system: 'phone', value: '5085530000' }],
      address: [{ line: ['1 Main St'], city: 'Milford', state: 'MA', country: 'US' }],
    })
    expect(foreign).toEqual({
      name: 'PCP8367',
      system: 'https://example.org/organization',
      value: '00',
      phone: '5085530000',
      address: '1 Main St, Milford, MA, US',
    })
    const external = { ...institution, kind: 'external', external: true } as const
    expect(organizationOf(external, { system: 'a', value: 'b' }).identifier).toEqual([
      { system: 'a', value: 'b' },
    ])
  })
})
