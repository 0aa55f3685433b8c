// Every screen in its states, at 360 and 320 px, light and dark: axe finds nothing, nothing scrolls
// sideways, targets and text are large enough, there is one heading and a title. Here the last third of the screens:
// one file of all would outlast the time that a file has.

import { walk } from '../pages/axe_walk.mjs';

walk((number, count) => number >= (2 * count) / 3);
