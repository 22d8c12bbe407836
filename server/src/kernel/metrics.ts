import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { system } from './actor.ts'
import { settle, withClient } from './database.ts'

/** Prometheus figures at /metrics, liveness at /healthz, readiness at /readyz. */
export function mountMetrics(app: FastifyInstance, pool: Pool, isReady: () => boolean): void {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const seconds = new Histogram({
    name: 'tongmai_request_seconds',
    help: 'Time to answer, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2, 10],
    registers: [register],
  })
  const defects = new Counter({
    name: 'tongmai_defects_total',
    help: 'Answers with status 500.',
    registers: [register],
  })
  gauges(register, pool)

  // One child per route, method and status: labels are hashed once and not for each request.
  const children = new WeakMap<object, Map<string, { observe: (value: number) => void }>>()
  app.addHook('onResponse', (request, reply, next) => {
    const { config, url = 'none' } = request.routeOptions
    const ofRoute = children.get(config) ?? new Map()
    const key = `${request.method}${reply.statusCode}`
    let child = ofRoute.get(key)
    if (!child) {
      child = seconds.labels(request.method, url, String(reply.statusCode))
      children.set(config, ofRoute.set(key, child))
    }
    child.observe(reply.elapsedTime / 1000)
    if (reply.statusCode === 500) defects.inc()
    next()
  })
  app.get('/metrics', async (_request, reply) =>
    reply.type(register.contentType).send(await register.metrics()),
  )
  app.get('/healthz', async () => ({ alive: true }))
  app.get('/readyz', async (_request, reply) => {
    const answers =
      isReady() &&
      (await pool.query('select 1').then(
        () => true,
        () => false,
      ))
    return reply.code(answers ? 200 : 503).send({ ready: answers })
  })
}

function gauges(register: Registry, pool: Pool): void {
  const of = (name: string, help: string, read: () => Promise<number> | number) =>
    new Gauge({
      name,
      help,
      registers: [register],
      async collect() {
        this.set(await read())
      },
    })
  const count = async (sql: string): Promise<number> => {
    try {
      return await withClient(pool, async (client) => {
        settle(client, system(null))
        return Number((await client.query<{ n: number }>(sql)).rows[0]?.n ?? 0)
      })
    } catch {
      return Number.NaN
    }
  }
  of('tongmai_pool_waiting', 'Requests that wait for a database connection.', () => pool.waitingCount)
  of('tongmai_unsealed', 'Committed and not yet numbered.', () =>
    count('select (select count(*) from kernel.fresh) + (select count(*) from kernel.opened) as n'),
  )
  of('tongmai_parked', 'Events whose reaction has failed.', () =>
    count("select count(*) as n from kernel.parked where state <> 'done'"),
  )
}
