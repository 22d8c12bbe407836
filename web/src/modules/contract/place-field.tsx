import { Button } from 'antd'
import { useState } from 'react'
import { useWords } from '../../kernel/words.ts'
import { contractWords } from './words.ts'

export interface Place {
  readonly latitude: number
  readonly longitude: number
}
interface PlaceFieldProps {
  readonly value: Place | null
  readonly onChange: (place: Place | null) => void
}

/** Where one stands, as the device tells it; a place is never made up. */
export function PlaceField({ value, onChange }: PlaceFieldProps) {
  const t = useWords(contractWords)
  const [failed, setFailed] = useState(false)
  const locate = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => onChange({ latitude: coords.latitude, longitude: coords.longitude }),
      () => setFailed(true),
      { enableHighAccuracy: true, timeout: 10_000 },
    )
  return (
    <div className="tm-row">
      <Button onClick={locate}>{t('service.locate')}</Button>
      {value && (
        <span className="tm-quiet">
          {t('service.located', {
            latitude: value.latitude.toFixed(5),
            longitude: value.longitude.toFixed(5),
          })}
        </span>
      )}
      {failed && !value && <span className="tm-bad">{t('service.no-place')}</span>}
    </div>
  )
}
