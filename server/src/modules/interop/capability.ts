import { resourceTypes } from '../../kernel/resource/shape.ts'

const interactions = [
  'read',
  'vread',
  'update',
  'patch',
  'delete',
  'history-instance',
  'create',
  'search-type',
]
const parameters = [
  { name: '_id', type: 'token' },
  { name: '_lastUpdated', type: 'date' },
  { name: 'identifier', type: 'token' },
  { name: 'patient', type: 'reference' },
  { name: 'subject', type: 'reference' },
]
const inside = new Set(['Bundle', 'Parameters', 'OperationOutcome'])

/** What this server can do, as FHIR says it (CapabilityStatement); the same for everybody. */
export function capabilityStatement(url: string, date: Date): object {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: date.toISOString(),
    kind: 'instance',
    software: { name: 'Tongmai 同脉' },
    implementation: { description: 'Tongmai FHIR R4', url: `${url}/fhir/R4` },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json', 'application/fhir+xml', 'xml'],
    patchFormat: ['application/json-patch+json', 'application/fhir+json'],
    rest: [
      {
        mode: 'server',
        security: {
          cors: false,
          service: [
            {
              coding: [
                {
                  system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
                  code: 'SMART-on-FHIR',
                },
              ],
            },
          ],
          extension: [
            {
              url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
              extension: [{ url: 'token', valueUri: `${url}/oauth/token` }],
            },
          ],
        },
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
        resource: resourceTypes.filter((type) => !inside.has(type)).map(resource),
      },
    ],
  }
}

const resource = (type: string) => ({
  type,
  interaction: interactions.map((code) => ({ code })),
  versioning: 'versioned-update',
  readHistory: true,
  updateCreate: true,
  conditionalCreate: true,
  conditionalRead: 'full-support',
  conditionalUpdate: true,
  conditionalDelete: 'single',
  searchParam: parameters,
  ...(type === 'Patient'
    ? {
        operation: [
          { name: 'everything', definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything' },
        ],
      }
    : {}),
})
