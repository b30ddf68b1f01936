import DCGAN
import Foundation
import Review

/// Writes the page on which a reader tells real images from synthetic ones.
///
/// It holds names and pixels and nothing that follows from the key: neither the seed nor any file's
/// name. Pixels are written as they are, a byte each, so that every image takes as much room.
package struct ReviewPage {
  private let review: BlindReview

  /// Makes the page of a review.
  package init(_ review: BlindReview) { self.review = review }

  /// Returns the page.
  package var html: HTML {
    WebPage(
      title: "dcgan review \(review.key.review)", css: ReviewStyle.css,
      script: (ReviewScript.source, ReviewScript.digest), body: body
    ).html
  }

  private var body: HTML {
    """
    <header>
    <h1>Real or synthetic?</h1>
    <p class="lead">\(review.pictures.count) images in random order: half are images of \
    patients, half a program made up.</p>
    <noscript><p class="message">This page needs JavaScript, which is switched off.</p></noscript>
    </header>
    <main>
    <div class="view" id="view" tabindex="0" role="region" aria-label="Image, to be scrolled where \
    it is enlarged"><canvas id="image" width="\(review.key.size)" height="\(review.key.size)" \
    role="img" aria-label="The image to judge"></canvas></div>
    <div class="panel">
    \(verdicts)
    \(appearance)
    \(keeping)
    \(help)
    </div>
    </main>
    <footer>
    <p>Review \(review.key.review), written by dcgan \(DCGANVersion.current). Not for diagnosis. \
    Nothing leaves this page but the file that you download.</p>
    \(WebPage.patients)
    </footer>
    <script type="application/json" id="review">{"id":"\(review.key.review)",\
    "size":\(review.key.size),"images":[
    \(images)
    ]}</script>
    """
  }

  private var verdicts: HTML {
    """
    <div class="verdicts" role="group" aria-label="Verdict">
    <button type="button" data-verdict="real">Real <kbd>1</kbd></button>
    <button type="button" data-verdict="synthetic">Synthetic <kbd>2</kbd></button>
    <button type="button" data-verdict="unsure">Unsure <kbd>3</kbd></button>
    </div>
    <p class="place"><output id="place"></output><output id="judged"></output></p>
    <progress id="progress" max="\(review.pictures.count)" value="0" aria-label="Images judged">\
    </progress>
    <div class="moves">
    <button type="button" id="back">Back <kbd>←</kbd></button>
    <button type="button" id="next">Next <kbd>→</kbd></button>
    </div>
    """
  }

  private var appearance: HTML {
    """
    <div class="sliders">
    <label for="zoom">Zoom</label>\
    <input type="range" id="zoom" min="1" max="8" step="0.5" value="1"><output for="zoom"></output>
    <label for="window">Window</label>\
    <input type="range" id="window" min="1" max="255" step="1" value="255">\
    <output for="window"></output>
    <label for="level">Level</label>\
    <input type="range" id="level" min="0" max="255" step="0.5" value="127.5">\
    <output for="level"></output>
    </div>
    <div class="moves">
    <button type="button" id="reset">Reset view <kbd>0</kbd></button>
    </div>
    """
  }

  private var keeping: HTML {
    """
    <div class="keeping">
    <label for="reader">Reader, by name or number</label>
    <input type="text" id="reader" maxlength="60" autocomplete="off" spellcheck="false">
    <button type="button" id="download" disabled>Download verdicts</button>
    </div>
    <p class="message" id="message" role="status"></p>
    """
  }

  private var help: HTML {
    let keys: [HTML] = [
      ("1 2 3", "real, synthetic, unsure; also R, S, U"),
      ("← →", "the image before, the next; also Backspace"), ("+ −", "larger, smaller"),
      ("W N", "window wider, narrower: less or more contrast"),
      ("B D", "brighter, darker: the level"), ("0", "reset zoom, window and level"),
    ].map { "<tr><th scope=\"row\">\($0.0)</th><td>\($0.1)</td></tr>" }
    return """
      <details><summary>Keys</summary>
      <table>
      \(keys)
      </table>
      <p class="note">An enlarged image moves with the mouse or a finger. A verdict can be \
      changed: go back and choose again. This browser keeps the verdicts until you delete them.</p>
      </details>
      <details><summary>Start over, or another reader</summary>
      <p class="note">Download first: deleted verdicts do not come back.</p>
      <div class="moves"><button type="button" id="clear">Delete all verdicts</button></div>
      </details>
      """
  }

  private var images: [HTML] {
    review.pictures.enumerated().map { index, picture in
      """
      \(index == 0 ? "" : ",")["\(picture.id)","\(base64: Data(picture.image.pixels))"]
      """
    }
  }
}
