import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync, type IClientOptions } from 'mqtt'
import { freePort } from './product.ts'

/** Certificates as an operator would make them: an authority, the broker's for `localhost`, one for who connects. */
function certify(dir: string): { caFile: string; certFile: string; keyFile: string; broker: string } {
  const run = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'ignore' })
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  run('req', '-x509', ...curve, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=tongmai test')
  for (const name of ['broker', 'client']) {
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
    run('req', ...curve, '-keyout', `${name}.key`, '-out', `${name}.csr`, ...subject)
    const signing = [
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      '2',
      '-copy_extensions',
      'copy',
    ]
    run('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.pem`, ...signing)
    chmodSync(join(dir, `${name}.key`), 0o644)
  }
  chmodSync(dir, 0o755)
  const at = (file: string) => join(dir, file)
  return {
    ...{ caFile: at('ca.pem'), certFile: at('client.pem'), keyFile: at('client.key') },
    broker: `cafile ${at('ca.pem')}\ncertfile ${at('broker.pem')}\nkeyfile ${at('broker.key')}\nrequire_certificate true\n`,
  }
}

/** Debian's Mosquitto on a port of its own; with `tls` it speaks to nobody without a certificate. */
export async function givenBroker({ tls = false }: { tls?: boolean } = {}) {
  const port = await freePort()
  const dir = mkdtempSync(join(tmpdir(), 'tongmai-mqtt-'))
  const file = join(dir, 'mosquitto.conf')
  const known = tls ? certify(dir) : undefined
  writeFileSync(
    file,
    `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n${known?.broker ?? ''}`,
  )
  let broker = await startBroker(file, port)
  const url = tls ? `mqtts://localhost:${port}` : `mqtt://127.0.0.1:${port}`
  const stop = async (): Promise<void> => {
    broker.kill('SIGTERM')
    if (broker.exitCode === null) await once(broker, 'exit')
  }
  return {
    url,
    /** The files by which one connects with TLS. */
    files: {
      ...{ caFile: known?.caFile, certFile: known?.certFile, keyFile: known?.keyFile },
    },
    /** Publishes with QoS 1; resolves when the broker has taken them. */
    async publish(messages: readonly (readonly [topic: string, payload: unknown])[]): Promise<void> {
      const read = (path: string | undefined) => (path ? readFileSync(path) : undefined)
      const tlsOptions = known && {
        ca: read(known.caFile),
        cert: read(known.certFile),
        key: read(known.keyFile),
      }
      const client = await connectAsync(url, { ...tlsOptions } as IClientOptions)
      // Some in flight at a time, as many devices would.
      for (let from = 0; from < messages.length; from += 20)
        await Promise.all(
          messages.slice(from, from + 20).map(([topic, payload]) =>
            client.publishAsync(topic, payload instanceof Buffer ? payload : JSON.stringify(payload), {
              qos: 1,
            }),
          ),
        )
      await client.endAsync()
    },
    async restart(): Promise<void> {
      await stop()
      broker = await startBroker(file, port)
    },
    async close(): Promise<void> {
      await stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
export type Broker = Awaited<ReturnType<typeof givenBroker>>

async function startBroker(file: string, port: number): Promise<ChildProcess> {
  // Debian keeps it where an ordinary user's PATH does not lead.
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` }
  const child = spawn('mosquitto', ['-c', file], { stdio: 'ignore', env })
  const failed = once(child, 'error').then(([error]) => {
    throw new Error(`Mosquitto (package mosquitto) is needed for this test: ${error}`)
  })
  await Promise.race([listening(port), failed])
  return child
}

async function listening(port: number): Promise<void> {
  for (let tried = 0; tried < 100; tried++) {
    const socket = connect(port, '127.0.0.1')
    const open = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false)
    socket.destroy()
    if (open) return
    await new Promise((go) => setTimeout(go, 50))
  }
  throw new Error('Mosquitto does not listen')
}
