/// The characters that are written as references.
enum Escape {
    enum Place { case text, attribute }

    /// The reference for a character that would be read as markup or be changed by the reader; nil for any other.
    ///
    /// A reader turns carriage returns into line feeds, and line ends and tabs of attributes into blanks (XML 1.0 §2.11,
    /// §3.3.3). `>` is written as a reference everywhere because `]]>` may not stand in text (§2.4).
    static func reference(for scalar: Unicode.Scalar, in place: Place) -> String? {
        switch (scalar, place) {
        case ("&", _): "&amp;"
        case ("<", _): "&lt;"
        case (">", _): "&gt;"
        case ("\r", _): "&#13;"
        case ("\"", .attribute): "&quot;"
        case ("'", .attribute): "&apos;"
        case ("\n", .attribute): "&#10;"
        case ("\t", .attribute): "&#9;"
        default: nil
        }
    }
}
