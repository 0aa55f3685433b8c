// Every screen in its states, at 360 and 320 px, light and dark: axe finds nothing, nothing scrolls
// sideways, targets and text are large enough, there is one heading and a title. Here the fifth fifth of the screens.

import { walk } from '../pages/axe_walk.mjs';

walk(4);
