import { fleetApi } from '@tongmai/api/dispatch/fleet'
import type { Mission } from '@tongmai/api/dispatch/mission'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useMay, useSession } from '../../kernel/session.tsx'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { RefusalNote } from '../../ui/tell.tsx'
import { dispatchWords } from './words.ts'

/** No oftener than this does the phone tell; at sixty km/h that is a quarter of a kilometre. */
const EVERY_MS = 15_000

/** The crew's phone tells where the vehicle is: pressed once, it goes on until the hospital is reached. */
export function Locate({ mission }: { mission: Mission }) {
  const may = useMay()
  const { institution } = useSession()
  const { vehicle, carrier, status } = mission
  const driving = ['dispatched', 'departed', 'onScene', 'leftScene'].includes(status)
  if (!vehicle || !driving || !may('dispatch.drive') || institution?.id !== carrier?.id) return null
  return <Telling key={vehicle.id} vehicleId={vehicle.id} />
}

function Telling({ vehicleId }: { vehicleId: string }) {
  const t = useWords(dispatchWords)
  const [on, setOn] = useState(false)
  const [failed, setFailed] = useState(false)
  const told = useRef(Number.NEGATIVE_INFINITY)
  const { mutate, error } = useWrite(fleetApi.locate, { touches: ['dispatch'] })
  useEffect(() => {
    if (!on) return
    const watch = navigator.geolocation.watchPosition(
      ({ coords: { longitude, latitude }, timestamp }) => {
        setFailed(false)
        if (timestamp - told.current < EVERY_MS) return
        told.current = timestamp
        mutate({ params: { id: vehicleId }, body: { longitude, latitude } })
      },
      () => setFailed(true),
      { enableHighAccuracy: true },
    )
    return () => navigator.geolocation.clearWatch(watch)
  }, [on, vehicleId, mutate])
  return (
    <>
      <Button block aria-pressed={on} onClick={() => setOn(!on)}>
        {t(on ? 'locate.stop' : 'locate.start')}
      </Button>
      {on && !failed && <p className="tm-quiet">{t('locate.on')}</p>}
      {failed && <p className="tm-field-problem">{t('locate.failed')}</p>}
      <RefusalNote refused={error} />
    </>
  )
}
