import { homedir, hostname } from 'node:os'
import { join } from 'node:path'

/** What the environment says, as one typed value; every field has a default. */
export interface Config {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  /** Undefined: the embedded PostgreSQL in the data folder. */
  readonly databaseUrl: string | undefined
  /** Undefined: a demonstration region on an empty embedded database, nothing elsewhere. */
  readonly demo: boolean | undefined
  readonly role: 'all' | 'web' | 'worker'
  readonly logLevel: string
  readonly publicUrl: string
  /** A routing service (OSRM's table service); undefined: travel times come from the road network alone. */
  readonly routingUrl: string | undefined
  /** 32 bytes as 64 hexadecimal digits; undefined: the key file in the data folder, made at first start. */
  readonly masterKey: Buffer | undefined
  readonly requestsPerMinute: number
  readonly connections: number
  /** Where HL7 v2 is listened for over MLLP; undefined: nowhere. */
  readonly mllp: Mllp | undefined
  /** The broker over which devices publish their readings; undefined: none. */
  readonly mqtt: Mqtt | undefined
}

/** The MQTT broker; without files, whom the system trusts and no certificate of our own. */
export interface Mqtt {
  readonly url: string
  readonly user: string | undefined
  readonly password: string | undefined
  readonly caFile: string | undefined
  readonly certFile: string | undefined
  readonly keyFile: string | undefined
  readonly clientId: string
  readonly prefix: string
}

/** The MLLP port; without certificate and key it is plain. */
export interface Mllp {
  readonly host: string
  readonly port: number
  readonly tls:
    | { readonly certFile: string; readonly keyFile: string; readonly caFile: string | undefined }
    | undefined
}

/** One sentence that names the variable at fault. */
export class ConfigRefused extends Error {}

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** Reads the environment; throws ConfigRefused with one sentence for the first wrong value. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const port = whole(env, 'PORT', { byDefault: 8080, min: 0, max: 65_535 })
  const host = env.HOST || '127.0.0.1'
  return {
    port,
    host,
    dataDir:
      env.DATA_DIR ||
      (process.getuid?.() === 0 ? '/var/lib/tongmai' : join(homedir(), '.local/share/tongmai')),
    databaseUrl: address(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    demo: flag(env, 'DEMO'),
    role: oneOf(env, 'ROLE', ['all', 'web', 'worker'] as const),
    logLevel: oneOf(env, 'LOG_LEVEL', ['info', ...LEVELS.filter((l) => l !== 'info')]),
    publicUrl: (address(env, 'PUBLIC_URL', ['http:', 'https:']) ?? `http://${host}:${port}`).replace(
      /\/$/,
      '',
    ),
    routingUrl: address(env, 'ROUTING_URL', ['http:', 'https:'])?.replace(/\/$/, ''),
    masterKey: key(env, 'MASTER_KEY'),
    requestsPerMinute: whole(env, 'RATE_LIMIT', { byDefault: 1_200, min: 10, max: 100_000_000 }),
    connections: whole(env, 'DATABASE_CONNECTIONS', { byDefault: 20, min: 4, max: 500 }),
    mllp: mllp(env),
    mqtt: mqtt(env, port),
  }
}

type Env = Readonly<Record<string, string | undefined>>

function whole(env: Env, name: string, range: { byDefault: number; min: number; max: number }): number {
  const given = env[name]
  if (given === undefined || given === '') return range.byDefault
  const number = Number(given)
  if (!Number.isInteger(number) || number < range.min || number > range.max) {
    throw new ConfigRefused(
      `${name} must be a whole number from ${range.min} to ${range.max}, not "${given}".`,
    )
  }
  return number
}

function mllp(env: Env): Mllp | undefined {
  const port = whole(env, 'MLLP_PORT', { byDefault: 0, min: 0, max: 65_535 })
  if (port === 0) return undefined
  const { MLLP_HOST: host, MLLP_TLS_CERT: certFile, MLLP_TLS_KEY: keyFile, MLLP_TLS_CA: caFile } = env
  if (Boolean(certFile) !== Boolean(keyFile))
    throw new ConfigRefused('MLLP_TLS_CERT and MLLP_TLS_KEY are given together or not at all.')
  const secured = certFile && keyFile ? { certFile, keyFile, caFile: caFile || undefined } : undefined
  return { host: host || '127.0.0.1', port, tls: secured }
}

function mqtt(env: Env, port: number): Mqtt | undefined {
  const url = address(env, 'MQTT_URL', ['mqtt:', 'mqtts:', 'ws:', 'wss:'])
  if (!url) return undefined
  const { MQTT_USER: user, MQTT_PASSWORD: password, MQTT_TLS_CA: caFile } = env
  const { MQTT_TLS_CERT: certFile, MQTT_TLS_KEY: keyFile, MQTT_CLIENT_ID: clientId, MQTT_TOPIC: prefix } = env
  if (Boolean(certFile) !== Boolean(keyFile))
    throw new ConfigRefused('MQTT_TLS_CERT and MQTT_TLS_KEY are given together or not at all.')
  if (prefix && /[+#]|^\/|\/$/.test(prefix))
    throw new ConfigRefused('MQTT_TOPIC must be a topic without wildcards, such as tongmai.')
  return {
    ...{ url, user: user || undefined, password: password || undefined },
    ...{ caFile: caFile || undefined, certFile: certFile || undefined, keyFile: keyFile || undefined },
    ...{ clientId: clientId || `tongmai-${hostname()}-${port}`, prefix: prefix || 'tongmai' },
  }
}

/** The value, or the first of `values` where none is given. */
function oneOf<V extends string>(env: Env, name: string, values: readonly V[]): V {
  const given = env[name] || values[0]
  const found = values.find((v) => v === given)
  if (!found) throw new ConfigRefused(`${name} must be one of ${values.join(', ')}, not "${given}".`)
  return found
}

function flag(env: Env, name: string): boolean | undefined {
  const given = env[name]
  if (given === undefined || given === '') return undefined
  if (given !== '0' && given !== '1') throw new ConfigRefused(`${name} must be 0 or 1, not "${given}".`)
  return given === '1'
}

function address(env: Env, name: string, protocols: readonly string[]): string | undefined {
  const given = env[name]
  if (!given) return undefined
  const protocol = URL.canParse(given) ? new URL(given).protocol : ''
  // The value may hold a password: it is not repeated.
  if (!protocols.includes(protocol))
    throw new ConfigRefused(`${name} must be an address that begins with ${protocols.join('// or ')}//.`)
  return given
}

function key(env: Env, name: string): Buffer | undefined {
  const given = env[name]
  if (!given) return undefined
  if (!/^[0-9a-fA-F]{64}$/.test(given)) throw new ConfigRefused(`${name} must be 64 hexadecimal digits.`)
  return Buffer.from(given, 'hex')
}
