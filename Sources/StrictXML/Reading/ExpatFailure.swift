import CExpat

extension XMLRefusal.Kind {
    /// What the C parser found, in this module's words.
    init(_ code: XML_Error, isInRoot: Bool, isAfterRoot: Bool) {
        self =
            switch code {
            case XML_ERROR_NO_MEMORY: .outOfMemory
            case XML_ERROR_NO_ELEMENTS: isInRoot ? .truncated : .noElement
            case XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_PARTIAL_CHAR, XML_ERROR_UNCLOSED_CDATA_SECTION: .truncated
            case _ where isAfterRoot: .contentAfterRoot
            case XML_ERROR_TAG_MISMATCH: .mismatchedTag
            case XML_ERROR_DUPLICATE_ATTRIBUTE: .repeatedAttribute
            case XML_ERROR_UNBOUND_PREFIX, XML_ERROR_UNDECLARING_PREFIX: .undeclaredPrefix
            case XML_ERROR_RESERVED_PREFIX_XML, XML_ERROR_RESERVED_PREFIX_XMLNS, XML_ERROR_RESERVED_NAMESPACE_URI:
                .reservedNamespace
            case XML_ERROR_UNDEFINED_ENTITY: .undefinedEntity
            case XML_ERROR_BAD_CHAR_REF: .forbiddenCharacter
            case XML_ERROR_INCORRECT_ENCODING: .wrongEncoding
            default: .notWellFormed
            }
    }
}
