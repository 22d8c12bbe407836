import { residentApi } from '@tongmai/api/resident'
import { useRead } from '../../kernel/use-read.ts'
import { PersonBanner } from '../../ui/person-banner.tsx'

/** Whose record this is: the banner that never leaves, with what the person is allergic to. */
export function RecordBanner({ residentId, alerts }: { residentId: string; alerts?: readonly string[] }) {
  const { data } = useRead(residentApi.read, { params: { id: residentId } })
  if (!data) return null
  const sex = data.sex === 'male' || data.sex === 'female' ? data.sex : 'unknown'
  return (
    <PersonBanner
      name={data.name}
      sex={sex}
      birthDay={data.birthDate}
      idShown={data.idMasked ?? ''}
      to={`/residents/${residentId}`}
      {...(alerts ? { alerts } : {})}
    />
  )
}
