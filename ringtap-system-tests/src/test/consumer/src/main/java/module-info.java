module org.example.consumer {
  requires io.ringtap;
  requires io.ringtap.testnet;
}
