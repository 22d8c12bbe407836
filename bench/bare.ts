// The yardstick: a bare Fastify route with one prepared statement, in a process of its own, on the same PostgreSQL.
import { randomUUID } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'

const [url = '', port = '0'] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: 20 })
const app = Fastify()

app.get<{ Params: { id: string } }>('/read/:id', async (request, reply) => {
  const { rows } = await pool.query<{ content: string }>({
    name: 'read',
    text: 'select content from bench.bare where id = $1',
    values: [request.params.id],
  })
  return reply
    .code(rows[0] ? 200 : 404)
    .type('application/json')
    .send(rows[0]?.content ?? '{}')
})

app.post('/insert', async (request, reply) => {
  const id = randomUUID()
  await pool.query({
    name: 'insert',
    text: 'insert into bench.bare (id, content) values ($1, $2)',
    values: [id, JSON.stringify(request.body)],
  })
  return reply.code(201).send({ id })
})

await app.listen({ port: Number(port), host: '127.0.0.1' })
process.stdout.write('ready\n')
