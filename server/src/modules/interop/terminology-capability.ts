/** What `$expand` takes. */
const taken = [
  ...['url', 'valueSet', 'filter', 'offset', 'count', 'activeOnly', 'excludeNested', 'excludeNotForUI'],
  ...['includeDesignations', 'designation', 'displayLanguage', 'includeDefinition', 'property'],
  ...['system-version', 'check-system-version', 'force-system-version'],
]

/** Which code systems the terminology operations know and what they take, as FHIR R4 has it said (`/metadata?mode=terminology`). */
export const terminologyCapabilities = (url: string, now: Date, systems: readonly string[]): object => ({
  resourceType: 'TerminologyCapabilities',
  ...{ url: `${url}/fhir/R4/metadata?mode=terminology`, name: 'Tongmai', title: '同脉', status: 'active' },
  ...{ date: now.toISOString(), kind: 'instance', software: { name: 'Tongmai' } },
  implementation: { description: '同脉 Tongmai', url: `${url}/fhir/R4` },
  codeSystem: systems.map((uri) => ({ uri })),
  expansion: {
    ...{ hierarchical: false, paging: true, incomplete: false },
    parameter: taken.map((name) => ({ name })),
    textFilter: 'Code, name, pinyin or initials of the pinyin, as one types.',
  },
  codeSearch: 'all',
  validateCode: { translations: false },
  translation: { needsMap: false },
})
