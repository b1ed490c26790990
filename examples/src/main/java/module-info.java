/// Small programs on the library, as an application would have them.
module io.ringtap.examples {
  requires io.ringtap;
}
