import { expect, test } from 'vitest'
import { definitions as written } from '../../../../scripts/fhir-definitions.ts'
import { definitions } from './definitions.gen.ts'
import { isResourceType, resourceTypes, shapeOf } from './shape.ts'

test('the shapes are those that HL7 publishes', () => {
  expect(JSON.parse(definitions)).toEqual(written())
})

test('every resource type of R4 has its shape', () => {
  expect(resourceTypes.length).toBe(147)
  expect(resourceTypes.every((type) => shapeOf(type)?.elements.has('id'))).toBe(true)
  expect([isResourceType('Observation'), isResourceType('Resource'), isResourceType('constructor')]).toEqual([
    true,
    false,
    false,
  ])
})
