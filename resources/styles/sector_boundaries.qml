<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis hasScaleBasedVisibilityFlag="0" labelsEnabled="0" maxScale="0" minScale="100000000" readOnly="0" simplifyAlgorithm="0" simplifyDrawingHints="1" simplifyDrawingTol="1" simplifyLocal="1" simplifyMaxScale="1" styleCategories="LayerConfiguration|Symbology|Labeling|Fields|Forms|MapTips|Rendering|CustomProperties" symbologyReferenceScale="-1" version="3.22.0">
 <flags>
  <Identifiable>1</Identifiable>
  <Removable>1</Removable>
  <Searchable>1</Searchable>
  <Private>0</Private>
 </flags>
 <renderer-v2 enableorderby="0" forceraster="0" referencescale="-1" symbollevels="0" type="singleSymbol">
  <symbols>
   <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="0" type="line">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="align_dash_pattern" type="QString" value="0" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="customdash" type="QString" value="5;2" />
      <Option name="customdash_unit" type="QString" value="MM" />
      <Option name="dash_pattern_offset" type="QString" value="0" />
      <Option name="dash_pattern_offset_unit" type="QString" value="MM" />
      <Option name="draw_inside_polygon" type="QString" value="0" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="line_color" type="QString" value="255,255,255,204" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width" type="QString" value="1.4" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="offset" type="QString" value="0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="ring_filter" type="QString" value="0" />
      <Option name="trim_distance_end" type="QString" value="0" />
      <Option name="trim_distance_end_unit" type="QString" value="MM" />
      <Option name="trim_distance_start" type="QString" value="0" />
      <Option name="trim_distance_start_unit" type="QString" value="MM" />
      <Option name="tweak_dash_pattern_on_corners" type="QString" value="0" />
      <Option name="use_custom_dash" type="QString" value="0" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="outlineWidth" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="if(&quot;sector_from&quot; = &quot;sector_to&quot;, 0.8, 1.4)" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="align_dash_pattern" type="QString" value="0" />
      <Option name="capstyle" type="QString" value="flat" />
      <Option name="customdash" type="QString" value="4;2" />
      <Option name="customdash_unit" type="QString" value="MM" />
      <Option name="dash_pattern_offset" type="QString" value="0" />
      <Option name="dash_pattern_offset_unit" type="QString" value="MM" />
      <Option name="draw_inside_polygon" type="QString" value="0" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="line_color" type="QString" value="0,0,0,255" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width" type="QString" value="0.6" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="offset" type="QString" value="0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="ring_filter" type="QString" value="0" />
      <Option name="trim_distance_end" type="QString" value="0" />
      <Option name="trim_distance_end_unit" type="QString" value="MM" />
      <Option name="trim_distance_start" type="QString" value="0" />
      <Option name="trim_distance_start_unit" type="QString" value="MM" />
      <Option name="tweak_dash_pattern_on_corners" type="QString" value="0" />
      <Option name="use_custom_dash" type="QString" value="1" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="outlineWidth" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="if(&quot;sector_from&quot; = &quot;sector_to&quot;, 0.3, 0.6)" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
  </symbols>
  <rotation />
  <sizescale />
 </renderer-v2>
 <customproperties>
  <Option type="Map">
   <Option name="bufferzone/role" type="QString" value="sector_boundaries" />
  </Option>
 </customproperties>
 <blendMode>0</blendMode>
 <featureBlendMode>0</featureBlendMode>
 <layerOpacity>1</layerOpacity>
 <fieldConfiguration>
  <field configurationFlags="None" name="boundary_id">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="sector_from">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="sector_to">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="length_km">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="chainage_km">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="contact_lon">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="5" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="contact_lat">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="5" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="name_from">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="name_to">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias field="boundary_id" index="0" name="Boundary" />
  <alias field="sector_from" index="1" name="Sector before" />
  <alias field="sector_to" index="2" name="Sector after" />
  <alias field="length_km" index="3" name="Length (km)" />
  <alias field="chainage_km" index="4" name="Chainage (km)" />
  <alias field="contact_lon" index="5" name="Contact point, longitude (°)" />
  <alias field="contact_lat" index="6" name="Contact point, latitude (°)" />
  <alias field="name_from" index="7" name="Name before" />
  <alias field="name_to" index="8" name="Name after" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="boundary_id" />
  <default applyOnUpdate="0" expression="" field="sector_from" />
  <default applyOnUpdate="0" expression="" field="sector_to" />
  <default applyOnUpdate="0" expression="" field="length_km" />
  <default applyOnUpdate="0" expression="" field="chainage_km" />
  <default applyOnUpdate="0" expression="" field="contact_lon" />
  <default applyOnUpdate="0" expression="" field="contact_lat" />
  <default applyOnUpdate="0" expression="" field="name_from" />
  <default applyOnUpdate="0" expression="" field="name_to" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="boundary_id" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="sector_from" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="sector_to" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="length_km" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="chainage_km" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="contact_lon" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="contact_lat" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="name_from" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="name_to" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="boundary_id" />
  <constraint desc="" exp="" field="sector_from" />
  <constraint desc="" exp="" field="sector_to" />
  <constraint desc="" exp="" field="length_km" />
  <constraint desc="" exp="" field="chainage_km" />
  <constraint desc="" exp="" field="contact_lon" />
  <constraint desc="" exp="" field="contact_lat" />
  <constraint desc="" exp="" field="name_from" />
  <constraint desc="" exp="" field="name_to" />
 </constraintExpressions>
 <expressionfields />
 <editform tolerant="1" />
 <editforminit />
 <editforminitcodesource>0</editforminitcodesource>
 <editforminitfilepath />
 <editforminitcode />
 <featformsuppress>0</featformsuppress>
 <editorlayout>generatedlayout</editorlayout>
 <editable>
  <field editable="0" name="boundary_id" />
  <field editable="0" name="chainage_km" />
  <field editable="0" name="contact_lat" />
  <field editable="0" name="contact_lon" />
  <field editable="0" name="length_km" />
  <field editable="0" name="name_from" />
  <field editable="0" name="name_to" />
  <field editable="0" name="sector_from" />
  <field editable="0" name="sector_to" />
 </editable>
 <labelOnTop />
 <reuseLastValue />
 <dataDefinedFieldProperties />
 <widgets />
 <previewExpression>"name_from" || ' – ' || "name_to"</previewExpression>
 <mapTip>&lt;b&gt;[% replace("name_from", map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %] – [% replace("name_to", map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]&lt;/b&gt;&lt;br&gt;[% format_number("length_km", 1) %] km</mapTip>
 <layerGeometryType>1</layerGeometryType>
</qgis>
