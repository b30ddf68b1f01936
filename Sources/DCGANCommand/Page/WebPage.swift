/// Writes a page that needs nothing beside itself: the browser is told to load nothing, and to run
/// this page's script only.
struct WebPage {
  /// The title.
  let title: String
  /// The style sheet that follows `PageStyle.css`.
  let css: HTML
  /// The script, and its SHA-256 in Base64, by which the browser knows it; nil for none.
  let script: (source: HTML, digest: HTML)?
  /// What stands between the tags of the body.
  let body: HTML

  /// The line on every page that shows real images.
  static let patients: HTML = """
    <p class="note">This page embeds real images of patients. Keep it where the images may be.</p>
    """

  /// Returns the page.
  var html: HTML {
    let allowed = script.map { "; script-src 'sha256-\($0.digest)'" as HTML }
    let element = script.map { "<script>\($0.source)</script>\n" as HTML }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
      style-src 'unsafe-inline'\(allowed)">
      <title>\(title)</title>
      <style>
      \(PageStyle.css)
      \(css)
      </style>
      </head>
      <body>
      \(body)
      \(element)</body>
      </html>

      """
  }
}
