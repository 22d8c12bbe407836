import { existsSync } from 'node:fs'
import { join } from 'node:path'
import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import serveStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from './refusal.ts'

export interface PagesOptions {
  /** Where the built pages lie. */
  readonly webDir: string
  readonly publicUrl: string
  /** The OpenAPI document. */
  readonly document: () => object
}

/** What a browser shows, with its safety headers: the pages, packed when they were built, and the documentation. */
export async function openPages(app: FastifyInstance, options: PagesOptions): Promise<void> {
  const inside: FastifyPluginAsync = async (pages) => {
    await pages.register(helmet, safety(options.publicUrl.startsWith('https:')))
    await pages.register(async (documents) => {
      await documents.register(compress, { threshold: 2_048, encodings: ['br', 'gzip'] })
      await showDocuments(documents, options)
    })
    await showPages(pages, options.webDir)
  }
  await app.register(inside)
}

const safety = (secure: boolean) => ({
  contentSecurityPolicy: {
    directives: {
      defaultSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      // The browser's own reader of PDF.
      frameSrc: ['blob:'],
      connectSrc: ["'self'"],
      upgradeInsecureRequests: secure ? [] : null,
    },
  },
  hsts: secure,
  crossOriginOpenerPolicy: secure,
})

async function showDocuments(app: FastifyInstance, { document }: PagesOptions): Promise<void> {
  const made = document()
  app.get('/api/openapi.json', async () => made)
  await app.register(swagger, { mode: 'static', specification: { document: made as never } })
  await app.register(swaggerUi, { routePrefix: '/api/docs' })
}

/** Every address that is neither a file nor the API's is the staff application's, or below /me the residents'. */
async function showPages(app: FastifyInstance, webDir: string): Promise<void> {
  const isBuilt = existsSync(join(webDir, 'index.html'))
  if (!isBuilt) return
  await app.register(serveStatic, { root: webDir, serve: false, preCompressed: true })
  const page = (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?')[0] ?? ''
    if (/^\/(api|fhir|oauth|\.well-known)(\/|$)/.test(path)) answerNoRoute()
    // What the build names by its content never changes; a page that points to it may.
    if (/\.\w+$/.test(path))
      return reply.sendFile(path, {
        maxAge: path.startsWith('/assets/') ? '365d' : 0,
        immutable: path.startsWith('/assets/'),
      })
    const file = /^\/me(\/|$)/.test(path) ? 'me.html' : 'index.html'
    return reply.sendFile(file, { maxAge: 0, immutable: false })
  }
  app.get('/', page)
  app.get('/*', page)
}

/** What no route answers, in JSON like every refusal. */
export const answerNoRoute = (): never => refuse('missing', 'kernel.no-such-route')
