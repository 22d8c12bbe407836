import { expect, test } from 'vitest'
import { definitions as written } from '../../../../scripts/fhir-definitions.ts'
import {
  compartments as writtenCompartments,
  parameters as writtenParameters,
  summaries as writtenSummaries,
} from '../../../../scripts/fhir-parameters.ts'
import {
  advice as writtenAdvice,
  rules as writtenRules,
  systems as writtenSystems,
} from '../../../../scripts/fhir-rules.ts'
import { advice } from './advice.gen.ts'
import { definitions } from './definitions.gen.ts'
import { compartments, parameters, summaries } from './parameters.gen.ts'
import { rules } from './rules.gen.ts'
import { isResourceType, resourceTypes, shapeOf } from './shape.ts'
import { systems } from './systems.gen.ts'

test('the shapes are those that HL7 publishes', () => {
  expect(JSON.parse(definitions)).toEqual(written())
})

test('the invariants and the advising value sets are those that HL7 publishes', () => {
  expect(JSON.parse(rules)).toEqual(writtenRules())
  expect(JSON.parse(advice)).toEqual(writtenAdvice())
  expect(JSON.parse(systems)).toEqual(writtenSystems())
})

test('the search parameters, the elements of a summary and the compartments are those that HL7 publishes', () => {
  expect(JSON.parse(parameters)).toEqual(writtenParameters())
  expect(JSON.parse(summaries)).toEqual(writtenSummaries())
  expect(JSON.parse(compartments)).toEqual(writtenCompartments())
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
