import type { LucideIcon } from 'lucide-react';

interface IconProps {
  readonly of: LucideIcon;
  /** Pixels, square: 16, or 14 in dense rows. */
  readonly size?: number;
}

/** A pictogram beside words that say the same: hidden from assistive technology. */
export const Icon = ({ of: Pictogram, size = 16 }: IconProps) => (
  <Pictogram size={size} strokeWidth={1.6} aria-hidden="true" />
);
