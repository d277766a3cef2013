import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { optionColors } from './option-colors.ts';

const theme = readFileSync(path.join(import.meta.dirname, '../ui/theme.css'), 'utf8');
const valueText = readFileSync(path.join(import.meta.dirname, 'ValueText.vue'), 'utf8');

type Channels = readonly [number, number, number];

/** The colours of a token for light and for dark. */
function token(name: string): readonly string[] {
  const [, light, dark] = new RegExp(`${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(theme) ?? [];
  return [light!, dark!];
}

function channels(color: string): Channels {
  return [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16)) as unknown as Channels;
}

function mixed(color: Channels, share: number, ground: Channels): Channels {
  return color.map((each, index) => each * share + ground[index]! * (1 - share)) as unknown as Channels;
}

/** As WCAG 2 defines it. */
function luminance(color: Channels): number {
  const [red, green, blue] = color.map((each) => {
    const part = each / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as unknown as Channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Channels, other: Channels): number {
  const [lighter, darker] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

const themes = [0, 1].map((at) => ({
  name: ['light', 'dark'][at],
  text: channels(token('--text')[at]!),
  surfaces: ['--surface', '--surface-raised', '--surface-tint'].map((name) => channels(token(name)[at]!)),
}));
const tint = Number(/background: color-mix\(in srgb, var\(--tone\) (\d+)%/.exec(valueText)?.[1]) / 100;

describe.each(themes)('colours of options, $name', ({ text, surfaces }) => {
  it.each(Object.entries(optionColors))('%s is told from every page as a dot', (_, color) => {
    for (const surface of surfaces) expect(contrast(channels(color), surface)).toBeGreaterThanOrEqual(3);
  });

  it.each([...Object.values(optionColors), '#000000', '#ffffff', '#ffff00', '#0000ff'])(
    'text is read on a tag of %s',
    (color) => {
      const ground = mixed(channels(color), tint, surfaces[0]!);
      expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
    },
  );
});
