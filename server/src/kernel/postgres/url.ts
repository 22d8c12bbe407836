import type { Place } from './place.ts'
import { roles } from './settings.ts'

/** The URL by which one role reaches one database of the cluster. */
export function urlOf(place: Place, database: string, role: string = roles.superuser): string {
  if (place.password) {
    const url = `postgresql://${roles.superuser}:${place.password}@127.0.0.1:${place.port}/${database}`
    return role === roles.superuser ? url : withRole(url, role)
  }
  return `postgresql://${role}@localhost:${place.port}/${database}?host=${encodeURIComponent(place.socketDir)}`
}

/** The same URL, with every session acting as this role from its start; RESET ROLE returns to it too. */
export function withRole(url: string, role: string): string {
  const given = new URL(url)
  const options = [given.searchParams.get('options'), `-c role=${role}`].filter(Boolean).join(' ')
  given.searchParams.set('options', options)
  return given.href.replaceAll('+', '%20')
}
