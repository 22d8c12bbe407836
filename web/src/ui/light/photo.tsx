import { type ChangeEvent, useId, useState } from 'react'

interface PhotoProps {
  readonly label: string
  /** The photograph as a JPEG small enough for a weak line; null where none could be read. */
  readonly onChange: (photo: File | null) => void
}

const SIDE_MAX = 1_600
const QUALITY = 0.8

/** A photograph, taken now or chosen; shown small, and made smaller before it is sent. */
export function Photo({ label, onChange }: PhotoProps) {
  const id = useId()
  const [shown, setShown] = useState<string | null>(null)
  const take = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    if (!file) return
    const photo = await smaller(file).catch(() => null)
    if (shown) URL.revokeObjectURL(shown)
    setShown(photo && URL.createObjectURL(photo))
    onChange(photo)
  }
  return (
    <div className="me-photo">
      <label htmlFor={id} className="me-button me-button-quiet">
        {label}
      </label>
      <input
        id={id}
        className="tm-hidden"
        type="file"
        accept="image/*"
        onChange={(event) => void take(event)}
      />
      {shown && <img src={shown} alt={label} />}
    </div>
  )
}

/** The picture as a JPEG whose longer side has at most 1600 points, without what the camera wrote into it. */
async function smaller(file: File): Promise<File> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, SIDE_MAX / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const bytes = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY))
  if (!bytes) throw new Error('the picture could not be drawn')
  return new File([bytes], 'photo.jpg', { type: 'image/jpeg' })
}
