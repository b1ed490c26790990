/// Small programs that use the library as an application would.
module io.ringtap.examples {
  requires io.ringtap;
}
