import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { freePort } from './product.ts'

/** Debian's Mosquitto on a port of its own. */
export async function givenBroker() {
  const port = await freePort()
  const dir = mkdtempSync(join(tmpdir(), 'tongmai-mqtt-'))
  const file = join(dir, 'mosquitto.conf')
  writeFileSync(file, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n`)
  let broker = await startBroker(file, port)
  const url = `mqtt://127.0.0.1:${port}`
  const stop = async (): Promise<void> => {
    broker.kill('SIGTERM')
    if (broker.exitCode === null) await once(broker, 'exit')
  }
  return {
    url,
    /** Publishes with QoS 1; resolves when the broker has taken them. */
    async publish(messages: readonly (readonly [topic: string, payload: unknown])[]): Promise<void> {
      const client = await connectAsync(url)
      for (const [topic, payload] of messages)
        await client.publishAsync(topic, payload instanceof Buffer ? payload : JSON.stringify(payload), {
          qos: 1,
        })
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
  const child = spawn('mosquitto', ['-c', file], { stdio: 'ignore' })
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
