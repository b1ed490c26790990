package io.ringtap.monitor.web.security;

import io.ringtap.monitor.config.yaml.Form;
import io.ringtap.monitor.config.yaml.Mistake;
import io.ringtap.monitor.config.yaml.Mistakes;
import io.ringtap.monitor.config.yaml.Section;
import io.ringtap.monitor.config.yaml.Values;
import io.ringtap.monitor.config.yaml.YamlFile;
import io.ringtap.monitor.config.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A web configuration file, read again when it or a file that it names has changed. One thread at
/// a time uses it.
public final class SecurityFile {
  private static final Pattern BCRYPT =
      Pattern.compile("\\$2[abxy]\\$[0-9]{2}\\$[./A-Za-z0-9]{53}");

  /// A hash of more takes minutes to check.
  private static final int MAX_COST = 16;

  private final Path file;
  private WebSecurity security;
  private List<String> stamps;

  private SecurityFile(Path file, WebSecurity security) {
    this.file = file;
    this.security = security;
    this.stamps = stamps(security.files());
  }

  /// Reads a file.
  ///
  /// @throws IOException if it is not right; the message is one line with the place and the right
  ///   form
  public static SecurityFile open(Path file) throws IOException {
    return new SecurityFile(file, read(file));
  }

  /// What it says.
  public WebSecurity security() {
    return security;
  }

  /// Reads it again if something has changed since. One that is not right changes nothing.
  ///
  /// @return whether what it says is new
  /// @throws IOException as [#open]; it is not tried again until something changes
  public boolean refresh() throws IOException {
    List<String> now = stamps(security.files());
    if (now.equals(stamps)) {
      return false;
    }
    stamps = now;
    WebSecurity fresh = read(file);
    boolean isEncrypted = security.tls() != null;
    if (isEncrypted != (fresh.tls() != null)) {
      throw new IOException(file + ": TLS begins or ends with a restart only");
    }
    security = fresh;
    stamps = stamps(fresh.files());
    return true;
  }

  private static List<String> stamps(List<Path> files) {
    return files.stream().map(SecurityFile::stamp).toList();
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    } catch (IOException e) {
      return "not there";
    }
  }

  private static WebSecurity read(Path file) throws IOException {
    Mistakes mistakes = new Mistakes(file.toString());
    YamlNode root = YamlFile.read(file, mistakes);
    WebSecurity security = root == null ? null : read(file, root, mistakes);
    List<Mistake> all = mistakes.all();
    if (!all.isEmpty()) {
      String more = all.size() == 1 ? "" : " (and " + (all.size() - 1) + " more)";
      throw new IOException(all.getFirst() + more);
    }
    return security == null
        ? new WebSecurity(null, Map.of(), Map.of(), List.of(file)) // an empty file
        : security;
  }

  private static WebSecurity read(Path file, YamlNode root, Mistakes mistakes) {
    List<Path> files = new ArrayList<>(List.of(file));
    Section section = Section.of(root, "write tls_server_config: and basic_auth_users:", mistakes);
    Path folder = file.toAbsolutePath().getParent();
    TlsSettings tls = null;
    YamlNode tlsNode = section.take("tls_server_config");
    if (tlsNode != null) {
      Section tlsSection = Section.of(tlsNode, "write cert_file: and key_file:", mistakes);
      tls = new TlsReader(folder == null ? file : folder, mistakes, files).read(tlsSection);
    }
    Map<String, String> users = entries(section.section("basic_auth_users"), SecurityFile::hash);
    Section http = section.section("http_server_config");
    http.value("http2", true, Values::truth); // which this server does not have
    Map<String, String> headers = entries(http.section("headers"), SecurityFile::header);
    http.end();
    section.end();
    return new WebSecurity(tls, users, headers, List.copyOf(files));
  }

  private static Map<String, String> entries(Section section, Form<String> form) {
    Map<String, String> values = new TreeMap<>();
    for (YamlNode.Scalar key : section.keys()) {
      String value = section.value(key.text(), form);
      if (value != null) {
        values.put(key.text(), value);
      }
    }
    return Map.copyOf(values);
  }

  private static String hash(String text) {
    if (!BCRYPT.matcher(text).matches()) {
      throw new IllegalArgumentException("not a bcrypt hash; make one by htpasswd -nBC 10 NAME");
    }
    if (Integer.parseInt(text.substring(4, 6)) > MAX_COST) {
      throw new IllegalArgumentException("a cost of more than " + MAX_COST + "; make it 10");
    }
    return text;
  }

  private static String header(String text) {
    if (text.chars().anyMatch(c -> c < ' ' || c >= 0x7F)) {
      throw new IllegalArgumentException("a header has printable ASCII only");
    }
    return text;
  }
}
