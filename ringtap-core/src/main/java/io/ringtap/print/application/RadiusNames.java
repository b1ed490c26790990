package io.ringtap.print.application;

import io.ringtap.print.line.Names;

/// Names of numbers in RADIUS (RFC 2865, IANA).
final class RadiusNames {
  static final Names CODES =
      Names.of(
          """
          1 Access-Request
          2 Access-Accept
          3 Access-Reject
          4 Accounting-Request
          5 Accounting-Response
          11 Access-Challenge
          12 Status-Server
          13 Status-Client
          40 Disconnect-Request
          41 Disconnect-ACK
          42 Disconnect-NAK
          43 CoA-Request
          44 CoA-ACK
          45 CoA-NAK
          255 Reserved\
          """);

  /// The attributes, each after the form of its value, which [RadiusAttributes] knows.
  static final Names ATTRIBUTES =
      Names.of(
          """
          1 sUser-Name
          2 -User-Password
          3 -CHAP-Password
          4 aNAS-IP-Address
          5 nNAS-Port
          6 vService-Type
          7 vFramed-Protocol
          8 AFramed-IP-Address
          9 aFramed-IP-Netmask
          10 vFramed-Routing
          11 sFilter-Id
          12 nFramed-MTU
          13 vFramed-Compression
          14 ALogin-IP-Host
          15 vLogin-Service
          16 nLogin-TCP-Port
          17 -Unassigned
          18 sReply-Message
          19 sCallback-Number
          20 sCallback-Id
          21 -Unassigned
          22 sFramed-Route
          23 xFramed-IPX-Network
          24 sState
          25 sClass
          26 gVendor-Specific
          27 dSession-Timeout
          28 dIdle-Timeout
          29 vTermination-Action
          30 sCalled-Station-Id
          31 sCalling-Station-Id
          32 sNAS-Identifier
          33 sProxy-State
          34 sLogin-LAT-Service
          35 sLogin-LAT-Node
          36 sLogin-LAT-Group
          37 lFramed-AppleTalk-Link
          38 wFramed-AppleTalk-Network
          39 sFramed-AppleTalk-Zone
          40 vAcct-Status-Type
          41 dAcct-Delay-Time
          42 nAcct-Input-Octets
          43 nAcct-Output-Octets
          44 sAcct-Session-Id
          45 vAcct-Authentic
          46 dAcct-Session-Time
          47 nAcct-Input-Packets
          48 nAcct-Output-Packets
          49 vAcct-Terminate-Cause
          50 sAcct-Multi-Session-Id
          51 nAcct-Link-Count
          52 nAcct-Input-Gigawords
          53 nAcct-Output-Gigawords
          54 -Unassigned
          55 cEvent-Timestamp
          56 eEgress-VLANID
          57 vIngress-Filters
          58 VEgress-VLAN-Name
          59 -User-Priority-Table
          60 sCHAP-Challenge
          61 vNAS-Port-Type
          62 nPort-Limit
          63 sLogin-LAT-Port
          64 TTunnel-Type
          65 TTunnel-Medium-Type
          66 tTunnel-Client-Endpoint
          67 tTunnel-Server-Endpoint
          68 sAcct-Tunnel-Connection
          69 PTunnel-Password
          70 rARAP-Password
          71 fARAP-Features
          72 vARAP-Zone-Access
          73 sARAP-Security
          74 sARAP-Security-Data
          75 nPassword-Retry
          76 vPrompt
          77 sConnect-Info
          78 sConfiguration-Token
          79 kEAP-Message
          80 sMessage-Authenticator
          81 tTunnel-Private-Group-ID
          82 tTunnel-Assignment-ID
          83 pTunnel-Preference
          84 hARAP-Challenge-Response
          85 dAcct-Interim-Interval
          86 nAcct-Tunnel-Packets-Lost
          87 sNAS-Port-Id
          88 sFramed-Pool
          89 sCUI
          90 tTunnel-Client-Auth-ID
          91 tTunnel-Server-Auth-ID
          92 sNAS-Filter-Rule
          93 -Unassigned
          94 -Originating-Line-Info
          95 6NAS-IPv6-Address
          96 -Framed-Interface-ID
          97 mFramed-IPv6-Prefix
          98 6Login-IPv6-Host
          99 sFramed-IPv6-Route
          100 sFramed-IPv6-Pool
          101 EError-Cause
          102 -EAP-Key-Name
          103 sDigest-Response
          104 sDigest-Realm
          105 sDigest-Nonce
          106 sDigest-Response-Auth
          107 sDigest-Nextnonce
          108 sDigest-Method
          109 sDigest-URI
          110 sDigest-Qop
          111 sDigest-Algorithm
          112 sDigest-Entity-Body-Hash
          113 sDigest-CNonce
          114 sDigest-Nonce-Count
          115 sDigest-Username
          116 sDigest-Opaque
          117 sDigest-Auth-Param
          118 sDigest-AKA-Auts
          119 sDigest-Domain
          120 sDigest-Stale
          121 sDigest-HA1
          122 sSIP-AOR
          123 mDelegated-IPv6-Prefix
          124 -MIP6-Feature-Vector
          125 -MIP6-Home-Link-Prefix
          126 oOperator-Name
          127 -Location-Information
          128 -Location-Data
          129 -Basic-Location-Policy-Rules\
          """);

  /// Why a request to change a session failed (RFC 5176 §3.5).
  static final Names ERRORS =
      Names.of(
          """
          201 Residual Session Context Removed
          202 Invalid EAP Packet (Ignored)
          401 Unsupported Attribute
          402 Missing Attribute
          403 NAS Identification Mismatch
          404 Invalid Request
          405 Unsupported Service
          406 Unsupported Extension
          407 Invalid Attribute Value
          501 Administratively Prohibited
          502 Request Not Routable (Proxy)
          503 Session Context Not Found
          504 Session Context Not Removable
          505 Other Proxy Processing Error
          506 Resources Unavailable
          507 Request Initiated
          508 Multiple Session Selection Unsupported
          509 Location Info Required\
          """);

  private static final Names SERVICES =
      Names.of(
          """
          1 Login
          2 Framed
          3 Callback Login
          4 Callback Framed
          5 Outbound
          6 Administrative
          7 NAS Prompt
          8 Authenticate Only
          9 Callback NAS Prompt
          10 Call Check
          11 Callback Administrative
          12 Voice
          13 Fax
          14 Modem Relay
          15 IAPP-Register
          16 IAPP-AP-Check
          17 Authorize Only
          18 Framed-Management
          19 Additional-Authorization\
          """);

  private static final Names FRAMED_PROTOCOLS =
      Names.of(
          """
          1 PPP
          2 SLIP
          3 ARAP
          4 Gandalf proprietary
          5 Xylogics IPX/SLIP
          6 X.75 Synchronous
          7 GPRS PDP Context\
          """);

  private static final Names ROUTINGS =
      Names.of(
          """
          0 None
          1 Send
          2 Listen
          3 Send&Listen\
          """);

  private static final Names COMPRESSIONS =
      Names.of(
          """
          0 None
          1 VJ TCP/IP
          2 IPX
          3 Stac-LZS\
          """);

  private static final Names LOGIN_SERVICES =
      Names.of(
          """
          0 Telnet
          1 Rlogin
          2 TCP Clear
          3 PortMaster(proprietary)
          4 LAT
          5 X.25-PAD
          6 X.25-T3POS
          7 Unassigned
          8 TCP Clear Quiet\
          """);

  private static final Names TERMINATIONS =
      Names.of(
          """
          0 Default
          1 RADIUS-Request\
          """);

  private static final Names ACCOUNTING_STATUSES =
      Names.of(
          """
          1 Start
          2 Stop
          3 Interim-Update
          4 Unassigned
          5 Unassigned
          6 Unassigned
          7 Accounting-On
          8 Accounting-Off
          9 Tunnel-Start
          10 Tunnel-Stop
          11 Tunnel-Reject
          12 Tunnel-Link-Start
          13 Tunnel-Link-Stop
          14 Tunnel-Link-Reject
          15 Failed\
          """);

  private static final Names AUTHENTICATIONS =
      Names.of(
          """
          1 RADIUS
          2 Local
          3 Remote
          4 Diameter\
          """);

  private static final Names CAUSES_OF_END =
      Names.of(
          """
          1 User Request
          2 Lost Carrier
          3 Lost Service
          4 Idle Timeout
          5 Session Timeout
          6 Admin Reset
          7 Admin Reboot
          8 Port Error
          9 NAS Error
          10 NAS Request
          11 NAS Reboot
          12 Port Unneeded
          13 Port Preempted
          14 Port Suspended
          15 Service Unavailable
          16 Callback
          17 User Error
          18 Host Request
          19 Supplicant Restart
          20 Reauthentication Failure
          21 Port Reinitialized
          22 Port Administratively Disabled
          23 Lost Power\
          """);

  private static final Names INGRESS_FILTERS =
      Names.of(
          """
          1 Enabled
          2 Disabled\
          """);

  private static final Names PORTS =
      Names.of(
          """
          0 Async
          1 Sync
          2 ISDN Sync
          3 ISDN Async V.120
          4 ISDN Async V.110
          5 Virtual
          6 PIAFS
          7 HDLC Clear Channel
          8 X.25
          9 X.75
          10 G.3 Fax
          11 SDSL
          12 ADSL-CAP
          13 ADSL-DMT
          14 ISDN-DSL
          15 Ethernet
          16 xDSL
          17 Cable
          18 Wireless - Other
          19 Wireless - IEEE 802.11
          20 Token-Ring
          21 FDDI
          22 Wireless - CDMA200
          23 Wireless - UMTS
          24 Wireless - 1X-EV
          25 IAPP
          26 FTTP
          27 Wireless - IEEE 802.16
          28 Wireless - IEEE 802.20
          29 Wireless - IEEE 802.22
          30 PPPoA
          31 PPPoEoA
          32 PPPoEoE
          33 PPPoEoVLAN
          34 PPPoEoQinQ
          35 xPON
          36 Wireless - XGP
          37 WiMAX Pre-Release 8 IWK Function
          38 WIMAX-WIFI-IWK
          39 WIMAX-SFF
          40 WIMAX-HA-LMA
          41 WIMAX-DHCP
          42 WIMAX-LBS
          43 WIMAX-WVS\
          """);

  private static final Names TUNNELS =
      Names.of(
          """
          1 PPTP
          2 L2F
          3 L2TP
          4 ATMP
          5 VTP
          6 AH
          7 IP-IP
          8 MIN-IP-IP
          9 ESP
          10 GRE
          11 DVS
          12 IP-in-IP Tunneling
          13 VLAN\
          """);

  private static final Names TUNNEL_MEDIA =
      Names.of(
          """
          1 IPv4
          2 IPv6
          3 NSAP
          4 HDLC
          5 BBN 1822
          6 802
          7 E.163
          8 E.164
          9 F.69
          10 X.121
          11 IPX
          12 Appletalk
          13 Decnet IV
          14 Banyan Vines
          15 E.164 with NSAP subaddress\
          """);

  private static final Names ZONES =
      Names.of(
          """
          1 Only access to dfl zone
          2 Use zone filter inc.
          3 Not used
          4 Use zone filter exc.\
          """);

  private static final Names PROMPTS =
      Names.of(
          """
          0 No Echo
          1 Echo\
          """);

  private RadiusNames() {}

  /// The names of the values of an attribute whose values have names.
  static Names values(int attribute) {
    return switch (attribute) {
      case 6 -> SERVICES;
      case 7 -> FRAMED_PROTOCOLS;
      case 10 -> ROUTINGS;
      case 13 -> COMPRESSIONS;
      case 15 -> LOGIN_SERVICES;
      case 29 -> TERMINATIONS;
      case 40 -> ACCOUNTING_STATUSES;
      case 45 -> AUTHENTICATIONS;
      case 49 -> CAUSES_OF_END;
      case 57 -> INGRESS_FILTERS;
      case 61 -> PORTS;
      case 64 -> TUNNELS;
      case 65 -> TUNNEL_MEDIA;
      case 72 -> ZONES;
      default -> PROMPTS;
    };
  }
}
