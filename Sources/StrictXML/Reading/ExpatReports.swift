import CExpat

extension ExpatParser {
    /// Has the C parser report to this object, which outlives it.
    func report(from parser: OpaquePointer) {
        let itself = Unmanaged.passUnretained(self).toOpaque()
        XML_SetUserData(parser, itself)
        XML_SetElementHandler(
            parser, startElement,
            { data, _ in
                receiver(data)?.take { builder in
                    builder.end()
                    return nil
                }
            })
        XML_SetCharacterDataHandler(parser) { data, text, length in
            let bytes = UnsafeRawBufferPointer(start: text, count: Int(length)).assumingMemoryBound(to: UInt8.self)
            receiver(data)?.take { $0.characters(bytes) }
        }
        XML_SetProcessingInstructionHandler(parser) { data, _, _ in receiver(data)?.take { $0.count() } }
        XML_SetStartNamespaceDeclHandler(parser) { data, _, address in
            receiver(data)?.take { $0.declareNamespace(bytes(address)) }
        }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in receiver(data)?.take { _ in .documentType } }
        XML_SetXmlDeclHandler(parser) { data, version, encoding, _ in
            receiver(data)?.takeDeclaration(
                version: version.map { String(cString: $0) }, encoding: encoding.map { String(cString: $0) })
        }
        XML_SetUnknownEncodingHandler(
            parser,
            { data, name, _ in
                receiver(data)?.takeUnknownEncoding(name.map { String(cString: $0) } ?? "")
                return 0
            }, itself)
        // Comments, and blanks around the root: nothing to keep, but a sign that the parser moves on.
        XML_SetDefaultHandler(parser) { data, _, _ in receiver(data)?.take { _ in nil } }
    }
}

private func startElement(
    _ data: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
) {
    // Names and values take turns, until a null pointer.
    var count = 0
    while attributes?[2 * count] != nil { count += 1 }
    receiver(data)?.take { builder in
        if let refused = builder.start(bytes(name), attributeCount: count) { return refused }
        for index in 0..<count {
            if let refused = builder.attribute(bytes(attributes?[2 * index]), bytes(attributes?[2 * index + 1])) { return refused }
        }
        return nil
    }
}

private func receiver(_ data: UnsafeMutableRawPointer?) -> ExpatParser? {
    data.map { Unmanaged<ExpatParser>.fromOpaque($0).takeUnretainedValue() }
}

/// A text that ends with a zero byte; a null pointer is empty.
private func bytes(_ text: UnsafePointer<CChar>?) -> UnsafeBufferPointer<UInt8> {
    guard let text else { return UnsafeBufferPointer(start: nil, count: 0) }
    var length = 0
    while text[length] != 0 { length += 1 }
    return UnsafeRawBufferPointer(start: text, count: length).assumingMemoryBound(to: UInt8.self)
}
