/// A document of text in the simplest PDF that shows Chinese: lines in one font that every reader has or stands in for, not embedded.
/// The same lines give the same bytes.
///
/// Source: ISO 32000-1, 9.7.5.2 and 9.10.3: the character collection Adobe-GB1, the predefined CMap UniGB-UCS2-H, a ToUnicode CMap so
/// that text is found and copied whatever fonts a reader has.
struct PDFDocument {
    struct Line: Sendable, Equatable {
        var text: String
        /// In points.
        var size: Int

        init(_ text: String, size: Int = 11) {
            self.text = text
            self.size = size
        }
    }

    var title: String
    var lines: [Line]

    // A4, in points.
    private static let (width, height, margin) = (595, 842, 50)

    var bytes: [UInt8] {
        let pages = Self.pages(of: lines.flatMap(Self.wrapped))
        // 1 catalogue, 2 pages, 3–7 font and title, then a page and its content in turn.
        let kids = pages.indices.map { "\(8 + 2 * $0) 0 R" }.joined(separator: " ")
        var objects = [
            "<</Type/Catalog/Pages 2 0 R/Lang(zh-CN)>>", "<</Type/Pages/Count \(pages.count)/Kids[\(kids)]>>",
            "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light-UniGB-UCS2-H/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
                + "/FontDescriptor 5 0 R/DW 1000/W[1[\(Array(repeating: "500", count: 95).joined(separator: " "))]]>>",
            "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120"
                + "/CapHeight 626/StemV 93>>",
            Self.stream(Self.toUnicode), "<</Title<FEFF\(Self.hexadecimal(title))>>>",
        ]
        for (index, page) in pages.enumerated() {
            objects.append(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 \(Self.width) \(Self.height)]/Resources<</Font<</F1 3 0 R>>>>"
                    + "/Contents \(9 + 2 * index) 0 R>>")
            objects.append(Self.stream(page))
        }
        return Self.file(objects)
    }

    private static func file(_ objects: [String]) -> [UInt8] {
        // The second line tells programs that the file is not plain text.
        var bytes = Array("%PDF-1.4\n%".utf8) + [0xE2, 0xE3, 0xCF, 0xD3, 0x0A]
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(bytes.count)
            bytes += Array("\(index + 1) 0 obj\n\(object)\nendobj\n".utf8)
        }
        let table = bytes.count
        let entries = offsets.map { String(repeating: "0", count: 10 - "\($0)".count) + "\($0) 00000 n \n" }.joined()
        bytes += Array("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n\(entries)".utf8)
        bytes += Array("trailer\n<</Size \(objects.count + 1)/Root 1 0 R/Info 7 0 R>>\nstartxref\n\(table)\n%%EOF\n".utf8)
        return bytes
    }

    private static func stream(_ text: String) -> String { "<</Length \(text.utf8.count)>>\nstream\n\(text)\nendstream" }

    // MARK: - Lines

    private static func pages(of lines: [Line]) -> [String] {
        var pages = [""]
        var top = height - margin
        for line in lines {
            let step = line.size * 3 / 2
            if top - step < margin {
                pages.append("")
                top = height - margin
            }
            top -= step
            pages[pages.count - 1] += "BT /F1 \(line.size) Tf \(margin) \(top) Td <\(hexadecimal(line.text))> Tj ET\n"
        }
        return pages
    }

    /// The line in pieces that fit between the margins: a Chinese character is as wide as high, a Latin one half so.
    private static func wrapped(_ line: Line) -> [Line] {
        let room = (width - 2 * margin) * 2 / line.size
        var pieces: [Line] = []
        var (piece, used) = ("", 0)
        for scalar in shown(line.text).unicodeScalars {
            let needed = scalar.isASCII ? 1 : 2
            if used + needed > room {
                pieces.append(Line(piece, size: line.size))
                (piece, used) = ("", 0)
            }
            piece.unicodeScalars.append(scalar)
            used += needed
        }
        return pieces + [Line(piece, size: line.size)]
    }

    /// The text with what the font's encoding cannot hold written by its number, `[U+2B5AF]`, rather than left out: a name of rare
    /// characters stays the patient's.
    private static func shown(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar.value {
            case 0..<0x20, 0x7F: " "
            case 0x1_0000...: "[U+\(String(scalar.value, radix: 16, uppercase: true))]"
            default: String(scalar)
            }
        }.joined()
    }

    /// Characters of the first plane as two bytes each.
    private static func hexadecimal(_ text: String) -> String {
        text.utf16.map { unit in
            let digits = String(unit, radix: 16, uppercase: true)
            return String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }

    /// Each code is the character's own number.
    private static let toUnicode: String = {
        let rows = (0..<256).map { row in
            let high = (row < 16 ? "0" : "") + String(row, radix: 16, uppercase: true)
            return "<\(high)00> <\(high)FF> <\(high)00>"
        }
        let blocks = stride(from: 0, to: rows.count, by: 100).map { start in
            let block = rows[start..<min(start + 100, rows.count)]
            return "\(block.count) beginbfrange\n\(block.joined(separator: "\n"))\nendbfrange"
        }
        return """
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange
            \(blocks.joined(separator: "\n"))
            endcmap
            CMapName currentdict /CMap defineresource pop
            end
            end
            """
    }()
}
