import type { FastifyInstance, FastifyRequest } from 'fastify'
import { addFile, FILE_BYTES_MAX, storeBytes } from './file.ts'
import { refuse } from './refusal.ts'
import type { World } from './world.ts'

/** What may be kept, by its first bytes; what a browser would run is not among them. */
const MAGIC: readonly (readonly [media: string, bytes: string])[] = [
  ['application/pdf', '25504446'],
  ['image/png', '89504e47'],
  ['image/jpeg', 'ffd8ff'],
  ['image/webp', '52494646'],
  ['application/zip', '504b0304'],
  // Text that says it is UTF-8, as spreadsheets write it.
  ['text/csv', 'efbbbf'],
]

const mediaOf = (bytes: Buffer): string | undefined =>
  MAGIC.find(([, magic]) => bytes.toString('hex', 0, magic.length / 2) === magic)?.[0]

/** The bytes of the one file; 400 for a form that breaks off or cannot be read. */
async function onlyFile(request: FastifyRequest): Promise<Buffer | undefined> {
  try {
    return await (await request.file())?.toBuffer()
  } catch (error) {
    const { statusCode } = error as { statusCode?: number }
    return statusCode ? Promise.reject(error) : refuse('invalid', 'kernel.malformed-form')
  }
}

/** `POST /api/files`: one file as multipart form data; its content hash is what an action then attaches. */
export function mountUploads(app: FastifyInstance, world: World): void {
  app.post('/api/files', { bodyLimit: FILE_BYTES_MAX + 65_536 }, async (request) => {
    const actor = await world.signedIn(request)
    if (actor.kind === 'nobody') refuse('unauthenticated', 'kernel.sign-in-first')
    if (!request.isMultipart()) refuse('unsupported', 'kernel.media-type')
    const bytes = await onlyFile(request)
    if (!bytes || bytes.length === 0) return refuse('invalid', 'kernel.empty-body')
    const media = mediaOf(bytes) ?? refuse('unsupported', 'kernel.file-kind')
    const hash = await storeBytes(world.dataDir, bytes)
    await world.write(actor, (ctx) => addFile(ctx, { hash, size: bytes.length, media }), {
      requestId: request.id,
    })
    return { hash, size: bytes.length, media }
  })
}
