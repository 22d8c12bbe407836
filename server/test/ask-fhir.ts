import type { Region } from './world.ts'

export interface Ask {
  readonly headers?: Record<string, string>
  readonly body?: unknown
  /** Signs as another; as the one given at first where nothing is said. */
  readonly as?: Readonly<Record<string, string>>
}

/** How tests speak FHIR: `const ask = asking(() => world, () => client.headers)`, then `ask('GET', '/Patient/7')`. */
export const asking =
  (world: () => Region, signed: () => Readonly<Record<string, string>>) =>
  async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    { headers, body, as }: Ask = {},
  ) => {
    const answer = await world().app.inject({
      method,
      url: `/fhir/R4${path}`,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
        ...(as ?? signed()),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const isJson = String(answer.headers['content-type']).includes('json')
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: isJson && answer.body ? answer.json() : null,
    }
  }
