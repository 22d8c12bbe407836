import { existsSync } from 'node:fs'
import { join } from 'node:path'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import serveStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import underPressure from '@fastify/under-pressure'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { nobody } from './actor.ts'
import { answerError } from './answer-error.ts'
import { uuidv7 } from './id.ts'
import { refuse } from './refusal.ts'

export interface HttpOptions {
  readonly log: FastifyBaseLogger
  readonly webDir: string
  readonly publicUrl: string
  /** Requests of one caller per minute; the window is the caller's, not the program's. */
  readonly requestsPerMinute: number
  readonly document: () => object
}

const BODY_BYTES_MAX = 1_048_576

/** The HTTP server without any module: limits, ids, logs without personal data, errors, documents, pages. */
export async function openHttp(options: HttpOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: uuidv7,
    requestIdHeader: false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300 },
  })
  app.setErrorHandler(answerError)
  app.decorateRequest('actor', null as never)
  app.addHook('onRequest', async (request, reply) => {
    request.actor = nobody
    reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => logRequest(request, reply))
  await guardDoors(app, options)
  await showDocuments(app, options)
  await servePages(app, options)
  return app
}

/** Route pattern, never the address: addresses can carry names and numbers of people. */
function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  const line = {
    id: request.id,
    method: request.method,
    route: request.routeOptions.url,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
  }
  if (reply.statusCode >= 400) request.log.info(line, 'refused')
  else request.log.debug(line, 'answered')
}

async function guardDoors(
  app: FastifyInstance,
  { publicUrl, requestsPerMinute }: HttpOptions,
): Promise<void> {
  const secure = publicUrl.startsWith('https:')
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        upgradeInsecureRequests: secure ? [] : null,
      },
    },
    hsts: secure,
    crossOriginOpenerPolicy: secure,
  })
  await app.register(cookie)
  await app.register(multipart, { limits: { files: 1, fileSize: 20 * 1024 * 1024 } })
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    // A caller is a token or a session, or else an address: many people sit behind one hospital's address.
    keyGenerator: (request) =>
      request.headers.authorization ?? request.cookies?.tongmai_session ?? request.ip,
    errorResponseBuilder: () => Object.assign(new Error('too many'), { statusCode: 429 }),
  })
  await app.register(underPressure, { maxEventLoopDelay: 3_000, retryAfter: 5 })
  await app.register(compress, { threshold: 4_096, encodings: ['gzip', 'br'] })
}

async function showDocuments(app: FastifyInstance, { document }: HttpOptions): Promise<void> {
  let made: object | undefined
  app.get('/api/openapi.json', async () => (made ??= document()))
  await app.register(swagger, {
    mode: 'static',
    specification: {
      document: { openapi: '3.1.0', info: { title: 'Tongmai', version: '1' }, paths: {} } as never,
    },
  })
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    uiConfig: { url: '/api/openapi.json', urls: [] } as never,
  })
}

/** The built pages; every address that is neither a file nor the API's is the staff application's, or /me's. */
async function servePages(app: FastifyInstance, { webDir }: HttpOptions): Promise<void> {
  if (existsSync(join(webDir, 'index.html'))) {
    await app.register(serveStatic, {
      root: webDir,
      wildcard: false,
      index: false,
      maxAge: '365d',
      immutable: true,
      setHeaders: (reply, path) => {
        if (path.endsWith('.html')) reply.header('cache-control', 'no-cache')
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const isPage =
      request.method === 'GET' && !/^\/(api|fhir|oauth|\.well-known)(\/|$)/.test(path) && !/\.\w+$/.test(path)
    if (!isPage || !existsSync(join(webDir, 'index.html'))) refuse('missing', 'kernel.no-such-route')
    return reply.sendFile(/^\/me(\/|$)/.test(path) ? 'me.html' : 'index.html', {
      maxAge: 0,
      immutable: false,
    })
  })
}
