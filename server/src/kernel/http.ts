import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { nobody } from './actor.ts'
import { answerAstray } from './answer-error.ts'
import { bodyText } from './body-text.ts'
import { uuidv7 } from './id.ts'
import { requireKeepable } from './keepable.ts'
import { refuse } from './refusal.ts'
import { answerUnread } from './unread.ts'

export interface HttpOptions {
  readonly log: FastifyBaseLogger
  /** Requests of one caller per minute; the window is the caller's, not the program's. */
  readonly requestsPerMinute: number
  /** From which delay of its event loop on the process says that it is busy; 3 s where nothing is said, never at 0. */
  readonly busyAfterMs?: number
}

const DRAIN_MS = 8_000
const BODY_BYTES_MAX = 1_048_576

/** The HTTP server without any module: limits, ids, logs without personal data, errors. */
export async function openHttp(options: HttpOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: oneLogger(options.log),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: uuidv7,
    requestIdHeader: false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // An address with a slash at its end is the one without it.
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    // An address that cannot be decoded reaches no route, and so no hook.
    frameworkErrors: (error, request, reply) => void answerAstray(error, request, reply),
    clientErrorHandler: (error, socket) => answerUnread(options.log, error, socket),
  })
  app.setErrorHandler(answerAstray)
  readJson(app)
  app.decorateRequest('actor', null as never)
  const isClosing = letGo(app)
  app.addHook('onRequest', (request, reply, next) => {
    request.actor = nobody
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff')
    if (isClosing()) refuse('unavailable', 'kernel.stopping')
    next()
  })
  app.addHook('preValidation', requireKeepable)
  app.addHook('onResponse', (request, reply, next) => {
    logRequest(request, reply)
    next()
  })
  await guardDoors(app, options)
  return app
}

/** One logger for all requests, which Fastify would give one each: whoever logs says which request. */
function oneLogger(log: FastifyBaseLogger): FastifyBaseLogger {
  const one: FastifyBaseLogger = Object.create(log, { child: { value: () => one } })
  return one
}

/** JSON comes in UTF-8, or in GB18030 where it says so; bytes in another charset than they say are refused, never kept wrong. */
function readJson(app: FastifyInstance): void {
  const json = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) =>
    json(request, bodyText(body, request.headers['content-type']), done),
  )
}

/**
 * While the program stops, whoever is being served gets the answer and their connection is closed as soon as it idles,
 * in any case before the program's time is up.
 */
function letGo(app: FastifyInstance): () => boolean {
  let closing = false
  app.addHook('preClose', (done) => {
    closing = true
    const begun = performance.now()
    const timer = setInterval(() => {
      if (!app.server.listening && performance.now() - begun > DRAIN_MS) app.server.closeAllConnections()
      else app.server.closeIdleConnections()
    }, 50).unref()
    app.server.once('close', () => clearInterval(timer))
    done()
  })
  return () => closing
}

/** Route pattern, never the address: addresses can carry names and numbers of people. */
function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  const refused = reply.statusCode >= 400
  const { log } = request
  if (!refused && log.level !== 'debug' && log.level !== 'trace') return
  const line = {
    requestId: request.id,
    method: request.method,
    route: request.routeOptions.url,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
  }
  if (refused) log.info(line, 'refused')
  else log.debug(line, 'answered')
}

async function guardDoors(
  app: FastifyInstance,
  { requestsPerMinute, busyAfterMs = 3_000 }: HttpOptions,
): Promise<void> {
  await app.register(multipart, { limits: { files: 1, fileSize: 20 * 1024 * 1024 } })
  const told = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false }
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    // A caller is a token or a session, or else an address: many people sit behind one hospital's address.
    keyGenerator: ({ headers, ip }) => headers.authorization ?? headers.cookie ?? ip,
    errorResponseBuilder: () => Object.assign(new Error('too many'), { statusCode: 429 }),
    addHeadersOnExceeding: told,
    addHeaders: { ...told, 'retry-after': true },
  })
  // What is measured over less than the delay allowed counts a single pause of a second (a rule read in, a machine that
  // has other things to do) as an endless one.
  await app.register(underPressure, {
    ...{ maxEventLoopDelay: busyAfterMs, sampleInterval: busyAfterMs, retryAfter: 5 },
  })
}
